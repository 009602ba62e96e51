resource "aws_dynamodb_table" "a" {
  name     = "a"
  hash_key = "id"
}
resource "aws_dynamodb_table" "b" {
  name     = "b"
  hash_key = "id"
}
resource "aws_sqs_queue" "in" {}
module "worker" {
  source   = "./worker"
  for_each = { a = { table = aws_dynamodb_table.a.arn, size = 1 }, b = { table = aws_dynamodb_table.b.arn, size = 2 } }
  name     = "worker-${each.key}"
  table    = each.value.table
  queue    = aws_sqs_queue.in.arn
}
resource "aws_scheduler_schedule" "s" {
  schedule_expression = "rate(1 hour)"
  flexible_time_window { mode = "OFF" }
  target {
    arn      = module.worker["a"].arn
    role_arn = "arn:aws:iam::1:role/r"
  }
}
