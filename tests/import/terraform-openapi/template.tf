resource "aws_api_gateway_rest_api" "a" {
  name = "a"
  body = templatefile("${path.module}/api.yaml", { arn = aws_lambda_function.f.invoke_arn, pool = aws_cognito_user_pool.u.arn })
}
resource "aws_apigatewayv2_api" "b" {
  name = "b"
  protocol_type = "HTTP"
  target = aws_lambda_function.f.arn
}
resource "aws_lambda_function" "f" {}
resource "aws_cognito_user_pool" "u" {}
