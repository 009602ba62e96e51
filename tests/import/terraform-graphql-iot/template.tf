resource "aws_cognito_user_pool" "u" {
  name = "u"
  lambda_config {
    pre_sign_up = aws_lambda_function.f.arn
    custom_email_sender {
      lambda_arn = aws_lambda_function.g.arn
      lambda_version = "V1_0"
    }
  }
}
resource "aws_lambda_function" "f" {}
resource "aws_lambda_function" "g" {}
resource "aws_appsync_graphql_api" "a" {
  name = "a"
  authentication_type = "AMAZON_COGNITO_USER_POOLS"
  user_pool_config { user_pool_id = aws_cognito_user_pool.u.id }
}
resource "aws_appsync_datasource" "d1" {
  api_id = aws_appsync_graphql_api.a.id
  name = "x"
  type = "AWS_LAMBDA"
  lambda_config { function_arn = aws_lambda_function.f.arn }
}
resource "aws_appsync_datasource" "d2" {
  api_id = aws_appsync_graphql_api.a.id
  name = "y"
  type = "AMAZON_DYNAMODB"
  dynamodb_config { table_name = aws_dynamodb_table.t.name }
}
resource "aws_appsync_datasource" "d3" {
  api_id = aws_appsync_graphql_api.a.id
  name = "z"
  type = "HTTP"
  http_config { endpoint = "https://bedrock-runtime.us-east-1.amazonaws.com" }
}
resource "aws_dynamodb_table" "t" { name = "t" }
resource "aws_iot_topic_rule" "r" {
  name = "r"
  sql = "select"
  lambda { function_arn = aws_lambda_function.f.arn }
  sns {
    target_arn = aws_sns_topic.s.arn
    role_arn = "x"
  }
  dynamodbv2 {
    role_arn = "x"
    put_item { table_name = aws_dynamodb_table.t.name }
  }
  firehose {
    delivery_stream_name = aws_kinesis_firehose_delivery_stream.h.name
    role_arn = "x"
  }
  kinesis {
    stream_name = aws_kinesis_stream.k.name
    role_arn = "x"
  }
  s3 {
    bucket_name = aws_s3_bucket.b.id
    key = "k"
    role_arn = "x"
  }
  error_action {
    sqs {
      queue_url = aws_sqs_queue.q.id
      role_arn = "x"
    }
  }
}
resource "aws_kinesis_stream" "k" { name = "k" }
resource "aws_s3_bucket" "b" {}
resource "aws_sqs_queue" "q" {}
resource "aws_sns_topic" "s" {}
resource "aws_kinesis_firehose_delivery_stream" "h" {
  name = "h"
  kinesis_source_configuration { kinesis_stream_arn = aws_kinesis_stream.k.arn }
  opensearch_configuration {
    domain_arn = aws_opensearch_domain.o.arn
    s3_configuration { bucket_arn = aws_s3_bucket.b.arn }
  }
}
resource "aws_opensearch_domain" "o" {}
resource "aws_dynamodb_kinesis_streaming_destination" "dk" {
  table_name = aws_dynamodb_table.t.name
  stream_arn = aws_kinesis_stream.k.arn
}
