variable "name" {}

resource "aws_sqs_queue" "work" {
  name = var.name
}

resource "aws_lambda_function" "pack" {
  function_name = "pack"
}

resource "aws_lambda_event_source_mapping" "work" {
  event_source_arn = aws_sqs_queue.work.arn
  function_name    = aws_lambda_function.pack.arn
}

output "function_arn" {
  value = aws_lambda_function.pack.arn
}
