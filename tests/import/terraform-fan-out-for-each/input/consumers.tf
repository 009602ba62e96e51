resource "aws_iam_role" "c" {
  for_each           = var.consumers
  name               = each.key
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}
data "aws_iam_policy_document" "poll" {
  for_each = var.consumers
  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.q[each.key].arn]
  }
}
resource "aws_iam_role_policy" "poll" {
  for_each = var.consumers
  role     = aws_iam_role.c[each.key].name
  policy   = data.aws_iam_policy_document.poll[each.key].json
}
resource "aws_lambda_function" "consumer" {
  for_each      = var.consumers
  function_name = each.key
  role          = aws_iam_role.c[each.key].arn
  handler       = each.value.handler
  runtime       = "python3.12"
  filename      = "${path.module}/dist/${each.key}.zip"
}
resource "aws_lambda_event_source_mapping" "m" {
  for_each         = aws_sqs_queue.q
  event_source_arn = each.value.arn
  function_name    = aws_lambda_function.consumer[each.key].function_name
}
