terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
resource "aws_sns_topic" "events" {
  for_each = toset(var.topics)
  name     = "${local.prefix}-${each.value}"
}
resource "aws_sqs_queue" "dlq" { name = "${local.prefix}-dlq" }
resource "aws_sqs_queue" "q" {
  for_each = var.consumers
  name     = "${local.prefix}-${each.key}"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dlq.arn
    maxReceiveCount     = lookup(each.value, "retries", 5)
  })
}
resource "aws_sns_topic_subscription" "s" {
  for_each  = { for pair in local.pairs : "${pair.consumer}-${pair.topic}" => pair }
  topic_arn = aws_sns_topic.events[each.value.topic].arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.q[each.value.consumer].arn
}
