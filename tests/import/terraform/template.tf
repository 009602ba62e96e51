# An order pipeline as teams write it: locals, a local module called twice, a policy document,
# a state machine in jsonencode, a value that stays open.

variable "stage" {
  default = "dev"
}

variable "alarm_topic" {}

locals {
  prefix = "orders-${var.stage}"
  queues = { standard = 30, express = 5 }
}

resource "aws_sqs_queue" "dead" {
  name = "${local.prefix}-dead"
}

resource "aws_sqs_queue" "orders" {
  for_each                   = local.queues
  name                       = "${local.prefix}-${each.key}"
  visibility_timeout_seconds = each.value
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = 3
  })
}

resource "aws_dynamodb_table" "orders" {
  name     = "${local.prefix}-orders"
  hash_key = "id"
}

module "worker" {
  source    = "./worker"
  name      = "${local.prefix}-worker"
  queue_arn = aws_sqs_queue.orders["standard"].arn
  table_arn = aws_dynamodb_table.orders.arn
}

resource "aws_sfn_state_machine" "ship" {
  name = "${local.prefix}-ship"
  definition = jsonencode({
    StartAt = "Pack"
    States = {
      Pack = { Type = "Task", Resource = module.worker.function_arn, Next = "Tell" }
      Tell = {
        Type       = "Task"
        Resource   = "arn:aws:states:::sns:publish"
        Parameters = { TopicArn = var.alarm_topic, Message = "shipped" }
        End        = true
      }
    }
  })
}

resource "aws_cloudwatch_event_rule" "nightly" {
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "ship" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_sfn_state_machine.ship.arn
}
