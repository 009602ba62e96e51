variable "stage" {}
variable "queues" { default = {} }

locals {
  target = var.stage == "live" ? aws_sqs_queue.live.arn : aws_sqs_queue.test.arn
}

resource "aws_sns_topic" "news" {}
resource "aws_sqs_queue" "live" {}
resource "aws_sqs_queue" "test" {}
resource "aws_sns_topic_subscription" "told" {
  topic_arn = aws_sns_topic.news.arn
  protocol  = "sqs"
  endpoint  = local.target
}
