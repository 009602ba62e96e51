module "fn" {
  source = "./fn"
  table_arn = aws_dynamodb_table.t.arn
  name = "x"
}
resource "aws_dynamodb_table" "t" { name = "t" }
resource "aws_apigatewayv2_api" "a" {
  name = "a"
  protocol_type = "HTTP"
}
resource "aws_apigatewayv2_integration" "i" {
  api_id = aws_apigatewayv2_api.a.id
  integration_type = "AWS_PROXY"
  integration_uri = module.fn.invoke_arn
}
