variable "queues" { default = { a = "x", b = "y" } }
resource "aws_sqs_queue" "q" {
  for_each = var.queues
  name = each.key
}
resource "aws_sns_topic" "t" {}
resource "aws_sns_topic_subscription" "s" {
  for_each = aws_sqs_queue.q
  topic_arn = aws_sns_topic.t.arn
  protocol = "sqs"
  endpoint = each.value.arn
}
resource "aws_lambda_function" "f" {
  count = 2
  function_name = "f-${count.index}"
}
resource "aws_lambda_event_source_mapping" "m" {
  for_each = var.queues
  event_source_arn = aws_sqs_queue.q[each.key].arn
  function_name = aws_lambda_function.f[0].function_name
}
