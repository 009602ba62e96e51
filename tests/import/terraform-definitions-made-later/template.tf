# The definition is made by a build; what it is given is known.
resource "aws_sfn_state_machine" "flow" {
  name = "flow"
  definition = templatefile("${path.module}/build/flow.asl.json", {
    reserve = aws_lambda_function.reserve.arn
    orders  = aws_dynamodb_table.orders.name
    late    = aws_sqs_queue.late.url
  })
}
resource "aws_lambda_function" "reserve" {
  function_name = "reserve"
}
resource "aws_dynamodb_table" "orders" {
  name = "orders"
}
resource "aws_sqs_queue" "late" {}
