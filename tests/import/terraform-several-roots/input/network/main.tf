# Keeps its state in a bucket; others read its outputs.
terraform {
  backend "s3" {
    bucket = "acme-states"
    key    = "live/network.tfstate"
    region = "eu-west-1"
  }
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_sns_topic" "news" {
  name = "news"
}

resource "aws_s3_bucket" "uploads" {
  bucket = "acme-uploads"
}

output "jobs" {
  value = { queue = { arn = aws_sqs_queue.jobs.arn, url = aws_sqs_queue.jobs.url } }
}

output "uploads_arn" {
  value = aws_s3_bucket.uploads.arn
}
