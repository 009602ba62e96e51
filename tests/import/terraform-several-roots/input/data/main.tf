# Keeps its state in a file beside it, and tells others of its table by a parameter.
resource "aws_dynamodb_table" "orders" {
  name = "orders"
}

resource "aws_dynamodb_table" "prices" {
  name = "prices"
}

resource "aws_ssm_parameter" "orders" {
  name  = "/live/orders/arn"
  type  = "String"
  value = aws_dynamodb_table.orders.arn
}

output "prices" {
  value = [aws_dynamodb_table.prices.arn]
}

resource "aws_db_instance" "ledger" {
  identifier = "ledger"
}
