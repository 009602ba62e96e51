# An endpoint, past its configuration: the models it asks, and where its asynchronous answers go.
data "aws_caller_identity" "this" {}

resource "aws_s3_bucket" "artifacts" {
  bucket = "model-artifacts"
}

resource "aws_s3_bucket" "answers" {
  bucket = "model-answers"
}

resource "aws_sns_topic" "done" {
  name = "done"
}

resource "aws_ecr_repository" "pricing" {
  name = "ml/pricing"
}

resource "aws_sagemaker_model" "pricing" {
  name               = "pricing"
  execution_role_arn = "arn:aws:iam::111122223333:role/model"

  primary_container {
    image          = "${data.aws_caller_identity.this.account_id}.dkr.ecr.eu-west-1.amazonaws.com/ml/pricing:7"
    model_data_url = "s3://${aws_s3_bucket.artifacts.bucket}/pricing.tar.gz"
  }
}

resource "aws_sagemaker_endpoint_configuration" "pricing" {
  name = "pricing"

  production_variants {
    variant_name           = "now"
    model_name             = aws_sagemaker_model.pricing.name
    initial_variant_weight = 1
  }

  async_inference_config {
    output_config {
      s3_output_path = "s3://${aws_s3_bucket.answers.bucket}/"

      notification_config {
        success_topic = aws_sns_topic.done.arn
      }
    }
  }
}

resource "aws_sagemaker_endpoint" "pricing" {
  name                 = "pricing"
  endpoint_config_name = aws_sagemaker_endpoint_configuration.pricing.name
}
