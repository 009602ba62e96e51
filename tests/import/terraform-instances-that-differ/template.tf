locals {
  queues = {
    orders = { dlq = true, topic = "orders" }
    bills  = { dlq = false, topic = "bills" }
  }
}
resource "aws_sns_topic" "t" {
  for_each = local.queues
  name     = each.value.topic
}
resource "aws_sqs_queue" "dead" { name = "dead" }
resource "aws_sqs_queue" "q" {
  for_each       = local.queues
  name           = each.key
  redrive_policy = each.value.dlq ? null : jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 3 })
}
resource "aws_cloudwatch_event_bus" "b" {
  for_each = toset(["one", "two"])
  name     = each.key
}
resource "aws_lambda_function" "f" {
  for_each      = { a = aws_sqs_queue.dead.arn, b = "arn:aws:sns:eu-west-1:123456789012:bills" }
  function_name = each.key
  role          = "arn:aws:iam::1:role/r"
  handler       = "a.b"
  runtime       = "python3.12"
  filename      = "x.zip"
  dead_letter_config { target_arn = each.value }
}
resource "aws_cloudwatch_event_rule" "r" {
  for_each            = { a = 1, b = 5 }
  name                = "every-${each.key}"
  schedule_expression = "rate(${each.value} minutes)"
}
resource "aws_cloudwatch_event_target" "t" {
  rule = "every-b"
  arn  = "arn:aws:lambda:eu-west-1:123456789012:function:b"
}
