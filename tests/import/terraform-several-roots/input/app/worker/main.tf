variable "queue_arn" {}
variable "uploads_arn" {}
variable "table_arns" {}
variable "invoices" {}

data "aws_iam_policy_document" "worker" {
  statement {
    actions   = ["dynamodb:PutItem"]
    resources = var.table_arns
  }

  statement {
    actions   = ["s3:GetObject"]
    resources = ["${var.uploads_arn}/in/*"]
  }

  statement {
    actions   = ["s3:PutObject"]
    resources = [var.invoices]
  }
}

resource "aws_iam_role" "worker" {
  name               = "worker"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "worker" {
  role   = aws_iam_role.worker.id
  policy = data.aws_iam_policy_document.worker.json
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = aws_iam_role.worker.arn
}

resource "aws_lambda_event_source_mapping" "jobs" {
  event_source_arn = var.queue_arn
  function_name    = aws_lambda_function.worker.arn
}

output "function_arn" {
  value = aws_lambda_function.worker.arn
}
