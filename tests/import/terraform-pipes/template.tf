resource "aws_pipes_pipe" "p" {
  name = "p"
  role_arn = aws_iam_role.r.arn
  source = aws_dynamodb_table.t.stream_arn
  target = aws_cloudwatch_event_bus.b.arn
  enrichment = aws_lambda_function.f.arn
}
resource "aws_iam_role" "r" {}
resource "aws_dynamodb_table" "t" { name = "t" }
resource "aws_cloudwatch_event_bus" "b" { name = "b" }
resource "aws_lambda_function" "f" {}
resource "aws_scheduler_schedule" "s1" {
  schedule_expression = "rate(1 minutes)"
  target {
    arn = "arn:aws:scheduler:::aws-sdk:sqs:sendMessage"
    role_arn = aws_iam_role.r.arn
    input = jsonencode({ MessageBody = "x", QueueUrl = aws_sqs_queue.q.url })
  }
}
resource "aws_scheduler_schedule" "s2" {
  target {
    arn = aws_sns_topic.t.arn
    role_arn = aws_iam_role.r.arn
  }
}
resource "aws_scheduler_schedule" "s3" {
  target {
    arn = aws_ecs_cluster.c.arn
    role_arn = aws_iam_role.r.arn
    ecs_parameters { task_definition_arn = aws_ecs_task_definition.td.arn }
  }
}
resource "aws_ecs_cluster" "c" {}
resource "aws_ecs_task_definition" "td" {}
resource "aws_sns_topic" "t" {}
resource "aws_sqs_queue" "q" {}
