resource "aws_cloudwatch_event_bus" "b" { name = "bus" }
resource "aws_cloudwatch_event_rule" "r" {
  name = "r"
  event_bus_name = aws_cloudwatch_event_bus.b.name
  event_pattern = jsonencode({ source = ["app"] })
}
resource "aws_cloudwatch_event_rule" "s" {
  name = "sched"
  schedule_expression = "rate(1 hour)"
}
resource "aws_cloudwatch_event_target" "t1" {
  rule = aws_cloudwatch_event_rule.r.name
  event_bus_name = aws_cloudwatch_event_bus.b.name
  arn = aws_sfn_state_machine.s.arn
  dead_letter_config { arn = aws_sqs_queue.dl.arn }
}
resource "aws_cloudwatch_event_target" "t2" {
  rule = "sched"
  arn = aws_lambda_function.f.arn
}
resource "aws_cloudwatch_event_target" "t3" {
  rule = aws_cloudwatch_event_rule.r.name
  arn = aws_cloudwatch_log_group.l.arn
}
resource "aws_cloudwatch_event_target" "t4" {
  rule = aws_cloudwatch_event_rule.r.name
  arn = aws_ecs_cluster.c.arn
  ecs_target { task_definition_arn = aws_ecs_task_definition.td.arn }
}
resource "aws_cloudwatch_event_target" "t5" {
  rule = aws_cloudwatch_event_rule.r.id
  arn = aws_cloudwatch_event_api_destination.d.arn
}
resource "aws_cloudwatch_event_target" "t6" {
  rule = aws_cloudwatch_event_rule.r.id
  arn = aws_kinesis_firehose_delivery_stream.h.arn
}
resource "aws_cloudwatch_event_target" "t7" {
  rule = aws_cloudwatch_event_rule.r.id
  arn = "arn:aws:events:us-east-1:111122223333:event-bus/other"
}
resource "aws_cloudwatch_event_target" "t8" {
  rule = aws_cloudwatch_event_rule.r.id
  arn = "${aws_api_gateway_stage.st.execution_arn}/POST/x"
}
resource "aws_api_gateway_rest_api" "api" { name = "x" }
resource "aws_api_gateway_stage" "st" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  stage_name = "prod"
}
resource "aws_kinesis_firehose_delivery_stream" "h" {
  name = "h"
  destination = "extended_s3"
  extended_s3_configuration {
    bucket_arn = aws_s3_bucket.b.arn
    processing_configuration {
      enabled = true
      processors {
        type = "Lambda"
        parameters {
          parameter_name = "LambdaArn"
          parameter_value = "${aws_lambda_function.f.arn}:$LATEST"
        }
      }
    }
  }
}
resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket_notification" "n" {
  bucket = aws_s3_bucket.b.id
  eventbridge = true
  lambda_function {
    lambda_function_arn = aws_lambda_function.f.arn
    events = ["s3:ObjectCreated:*"]
  }
  queue {
    queue_arn = aws_sqs_queue.dl.arn
    events = ["x"]
  }
}
resource "aws_cloudwatch_event_api_destination" "d" {
  name = "d"
  invocation_endpoint = "https://hooks.example.com/x"
  connection_arn = aws_cloudwatch_event_connection.c.arn
}
resource "aws_cloudwatch_event_connection" "c" { name = "c" }
resource "aws_ecs_cluster" "c" {}
resource "aws_ecs_task_definition" "td" {}
resource "aws_cloudwatch_log_group" "l" { name = "/aws/events/x" }
resource "aws_lambda_function" "f" {}
resource "aws_sqs_queue" "dl" {}
resource "aws_sfn_state_machine" "s" { definition = templatefile("${path.module}/d.json", { fn = aws_lambda_function.f.arn, q = aws_sqs_queue.dl.url }) }
