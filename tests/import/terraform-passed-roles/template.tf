# A role that a function passes to the service it is for.
resource "aws_s3_bucket" "raw" {
  bucket = "raw"
}

resource "aws_emrserverless_application" "spark" {
  name          = "spark"
  type          = "spark"
  release_label = "emr-7.1.0"
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["emr-serverless.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "job" {
  name               = "job"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "job" {
  statement {
    actions   = ["s3:GetObject", "s3:ListBucket"]
    resources = [aws_s3_bucket.raw.arn, "${aws_s3_bucket.raw.arn}/*"]
  }
}

resource "aws_iam_role_policy" "job" {
  role   = aws_iam_role.job.id
  policy = data.aws_iam_policy_document.job.json
}

resource "aws_iam_role" "start" {
  name               = "start"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "start" {
  role = aws_iam_role.start.id

  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "emr-serverless:StartJobRun", Resource = aws_emrserverless_application.spark.arn },
      { Effect = "Allow", Action = "iam:PassRole", Resource = aws_iam_role.job.arn },
    ]
  })
}

resource "aws_lambda_function" "start" {
  function_name = "start"
  role          = aws_iam_role.start.arn

  environment {
    variables = { APPLICATION = aws_emrserverless_application.spark.id, ROLE = aws_iam_role.job.arn }
  }
}
