# What a stage's action starts is told by its provider, which is an argument as any other in there.
resource "aws_codestarconnections_connection" "github" {
  name          = "github"
  provider_type = "GitHub"
}

resource "aws_s3_bucket" "artifacts" {
  bucket = "artifacts"
}

resource "aws_s3_bucket" "site" {
  bucket = "site"
}

resource "aws_codebuild_project" "build" {
  name = "build"
}

resource "aws_lambda_function" "purge" {
  function_name = "purge"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_service" "web" {
  name    = "web"
  cluster = aws_ecs_cluster.main.id
}

resource "aws_codepipeline" "ship" {
  name = "ship"

  artifact_store {
    location = aws_s3_bucket.artifacts.bucket
    type     = "S3"
  }

  stage {
    name = "Source"

    action {
      name          = "Source"
      category      = "Source"
      owner         = "AWS"
      provider      = "CodeStarSourceConnection"
      version       = "1"
      configuration = { ConnectionArn = aws_codestarconnections_connection.github.arn, FullRepositoryId = "acme/web" }
    }
  }

  dynamic "stage" {
    for_each = ["Build"]

    content {
      name = stage.value

      action {
        name          = stage.value
        category      = "Build"
        owner         = "AWS"
        provider      = "CodeBuild"
        version       = "1"
        configuration = { ProjectName = aws_codebuild_project.build.name }
      }
    }
  }

  stage {
    name = "Live"

    action {
      name          = "Stack"
      category      = "Deploy"
      owner         = "AWS"
      provider      = "CloudFormation"
      version       = "1"
      configuration = { StackName = "web" }
    }

    action {
      name          = "Service"
      category      = "Deploy"
      owner         = "AWS"
      provider      = "ECS"
      version       = "1"
      configuration = { ClusterName = aws_ecs_cluster.main.name, ServiceName = aws_ecs_service.web.name }
    }

    action {
      name          = "Site"
      category      = "Deploy"
      owner         = "AWS"
      provider      = "S3"
      version       = "1"
      configuration = { BucketName = aws_s3_bucket.site.bucket, Extract = "true" }
    }

    action {
      name          = "Purge"
      category      = "Invoke"
      owner         = "AWS"
      provider      = "Lambda"
      version       = "1"
      configuration = { FunctionName = aws_lambda_function.purge.function_name }
    }
  }
}
