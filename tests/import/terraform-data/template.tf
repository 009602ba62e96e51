data "aws_sqs_queue" "q" { name = "existing" }
data "aws_sns_topic" "t" { name = "topic" }
data "aws_cloudwatch_event_bus" "b" { name = "default" }
resource "aws_lambda_function" "f" {}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = data.aws_sqs_queue.q.arn
  function_name = aws_lambda_function.f.arn
}
resource "aws_sns_topic_subscription" "s" {
  topic_arn = data.aws_sns_topic.t.arn
  protocol = "lambda"
  endpoint = aws_lambda_function.f.arn
}
