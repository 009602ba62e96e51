# An argument of one resource that only passes another one on means that other one.
resource "aws_lambda_function" "report" {
  function_name = "report"
}
resource "aws_lambda_alias" "live" {
  name          = "live"
  function_name = aws_lambda_function.report.function_name
}
resource "aws_lambda_function_event_invoke_config" "live" {
  function_name = aws_lambda_alias.live.function_name
  qualifier     = aws_lambda_alias.live.name
  destination_config {
    on_success {
      destination = aws_cloudwatch_event_bus.results.arn
    }
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}
resource "aws_cloudwatch_event_bus" "results" {
  name = "results"
}
resource "aws_sqs_queue" "failed" {}

# Two that name each other end nowhere.
resource "aws_lambda_alias" "a" {
  name          = "a"
  function_name = aws_lambda_alias.b.function_name
}
resource "aws_lambda_alias" "b" {
  name          = "b"
  function_name = aws_lambda_alias.a.function_name
}
