data "aws_iam_policy" "m" { arn = "arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess" }
resource "aws_iam_role" "r" { assume_role_policy = data.aws_iam_policy_document.a.json }
data "aws_iam_policy_document" "a" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}
resource "aws_iam_policy_attachment" "x" {
  name = "x"
  roles = [aws_iam_role.r.name]
  policy_arn = aws_iam_policy.p.arn
}
resource "aws_iam_policy" "p" { policy = file("p.json") }
resource "aws_iam_role_policy_attachment" "y" {
  role = aws_iam_role.r.name
  policy_arn = data.aws_iam_policy.m.arn
}
resource "aws_lambda_function" "f" { role = aws_iam_role.r.arn }
resource "aws_ecs_task_definition" "t" {
  task_role_arn = aws_iam_role.r.arn
  container_definitions = jsonencode([{ name = "c", image = "${aws_ecr_repository.e.repository_url}:latest", secrets = [{ name = "S", valueFrom = aws_secretsmanager_secret.s.arn }] }])
}
resource "aws_secretsmanager_secret" "s" {}
resource "aws_ecr_repository" "e" {}
