resource "aws_cloudwatch_event_bus" "bus" { name = "orders" }
resource "aws_cloudwatch_event_connection" "crm" {
  name               = "crm"
  authorization_type = "API_KEY"
  auth_parameters {
    api_key {
      key   = "x-key"
      value = "secret"
    }
  }
}
resource "aws_cloudwatch_event_api_destination" "crm" {
  name                = "crm"
  invocation_endpoint = "https://crm.example.com/hooks/*"
  http_method         = "POST"
  connection_arn      = aws_cloudwatch_event_connection.crm.arn
}
resource "aws_sqs_queue" "dlq" {}
resource "aws_cloudwatch_event_rule" "orders" {
  name           = "orders"
  event_bus_name = aws_cloudwatch_event_bus.bus.name
  event_pattern  = jsonencode({ source = ["shop"] })
}
resource "aws_cloudwatch_event_target" "crm" {
  rule           = aws_cloudwatch_event_rule.orders.name
  event_bus_name = aws_cloudwatch_event_bus.bus.name
  arn            = aws_cloudwatch_event_api_destination.crm.arn
  role_arn       = "arn:aws:iam::123456789012:role/r"
  dead_letter_config { arn = aws_sqs_queue.dlq.arn }
}
resource "aws_cloudwatch_event_rule" "all" {
  name           = "all"
  event_bus_name = aws_cloudwatch_event_bus.bus.name
  event_pattern  = jsonencode({ source = [{ prefix = "" }] })
}
resource "aws_cloudwatch_log_group" "all" { name = "/aws/events/all" }
resource "aws_cloudwatch_event_target" "log" {
  rule           = aws_cloudwatch_event_rule.all.name
  event_bus_name = aws_cloudwatch_event_bus.bus.name
  arn            = aws_cloudwatch_log_group.all.arn
}
resource "aws_cloudwatch_event_rule" "cross" {
  name           = "cross"
  event_bus_name = aws_cloudwatch_event_bus.bus.name
  event_pattern  = jsonencode({ source = ["shop"] })
}
resource "aws_cloudwatch_event_target" "cross" {
  rule           = aws_cloudwatch_event_rule.cross.name
  event_bus_name = aws_cloudwatch_event_bus.bus.name
  arn            = "arn:aws:events:eu-west-1:999988887777:event-bus/central"
  role_arn       = "arn:aws:iam::123456789012:role/r"
}
