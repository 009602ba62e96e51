resource "aws_bedrockagent_agent" "a" {
  agent_name = "a"
  foundation_model = "anthropic.claude-3-haiku"
}
resource "aws_bedrockagent_agent_action_group" "g" {
  agent_id = aws_bedrockagent_agent.a.agent_id
  action_group_executor { lambda = aws_lambda_function.f.arn }
}
resource "aws_bedrockagent_agent_knowledge_base_association" "k" {
  agent_id = aws_bedrockagent_agent.a.id
  knowledge_base_id = aws_bedrockagent_knowledge_base.kb.id
}
resource "aws_bedrockagent_knowledge_base" "kb" {
  name = "kb"
  storage_configuration {
    type = "OPENSEARCH_SERVERLESS"
    opensearch_serverless_configuration { collection_arn = aws_opensearchserverless_collection.c.arn }
  }
}
resource "aws_bedrockagent_data_source" "d" {
  knowledge_base_id = aws_bedrockagent_knowledge_base.kb.id
  data_source_configuration {
    type = "S3"
    s3_configuration { bucket_arn = aws_s3_bucket.b.arn }
  }
}
resource "aws_opensearchserverless_collection" "c" { name = "c" }
resource "aws_s3_bucket" "b" {}
resource "aws_lambda_function" "f" {}
resource "aws_codepipeline" "p" {
  artifact_store {
    location = aws_s3_bucket.b.bucket
    type = "S3"
  }
  stage {
    name = "Build"
    action {
      name = "b"
      category = "Build"
      provider = "CodeBuild"
      configuration = { ProjectName = aws_codebuild_project.cb.name }
    }
  }
  stage {
    name = "S"
    action {
      name = "s"
      category = "Source"
      provider = "CodeCommit"
      configuration = { RepositoryName = aws_codecommit_repository.r.repository_name }
    }
  }
}
resource "aws_codebuild_project" "cb" { name = "cb" }
resource "aws_codecommit_repository" "r" { repository_name = "r" }
resource "aws_transfer_server" "t" { function = aws_lambda_function.f.arn }
resource "aws_cloudtrail" "ct" { s3_bucket_name = aws_s3_bucket.b.id }
resource "aws_config_config_rule" "cr" {
  source {
    owner = "CUSTOM_LAMBDA"
    source_identifier = aws_lambda_function.f.arn
  }
}
resource "aws_cloudwatch_metric_stream" "ms" { firehose_arn = aws_kinesis_firehose_delivery_stream.h.arn }
resource "aws_kinesis_firehose_delivery_stream" "h" {
  name = "h"
  destination = "redshift"
  redshift_configuration {
    cluster_jdbcurl = "jdbc:redshift://${aws_redshift_cluster.rs.endpoint}/x"
    s3_configuration { bucket_arn = aws_s3_bucket.b.arn }
  }
}
resource "aws_redshift_cluster" "rs" {}
resource "aws_mwaa_environment" "mw" { source_bucket_arn = aws_s3_bucket.b.arn }
