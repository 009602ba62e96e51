variable "name" {}
variable "table" {}
variable "queue" {}
resource "aws_iam_role" "r" { assume_role_policy = "{}" }
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "dynamodb:GetItem", Resource = var.table }] })
}
resource "aws_lambda_function" "f" {
  function_name = var.name
  role          = aws_iam_role.r.arn
  handler       = "a.b"
  runtime       = "python3.12"
  filename      = "x.zip"
}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = var.queue
  function_name    = aws_lambda_function.f.arn
}
output "arn" { value = aws_lambda_function.f.arn }
