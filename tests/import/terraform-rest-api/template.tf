resource "aws_api_gateway_rest_api" "a" { name = "a" }
resource "aws_api_gateway_resource" "r" {
  rest_api_id = aws_api_gateway_rest_api.a.id
  parent_id = aws_api_gateway_rest_api.a.root_resource_id
  path_part = "x"
}
resource "aws_api_gateway_method" "m" {
  rest_api_id = aws_api_gateway_rest_api.a.id
  resource_id = aws_api_gateway_resource.r.id
  http_method = "POST"
  authorization = "COGNITO_USER_POOLS"
  authorizer_id = aws_api_gateway_authorizer.z.id
}
resource "aws_api_gateway_authorizer" "z" {
  name = "z"
  rest_api_id = aws_api_gateway_rest_api.a.id
  type = "COGNITO_USER_POOLS"
  provider_arns = [aws_cognito_user_pool.u.arn]
}
resource "aws_api_gateway_authorizer" "y" {
  name = "y"
  rest_api_id = aws_api_gateway_rest_api.a.id
  authorizer_uri = aws_lambda_function.au.invoke_arn
}
resource "aws_lambda_function" "au" {}
resource "aws_cognito_user_pool" "u" { name = "u" }
resource "aws_api_gateway_integration" "i1" {
  rest_api_id = aws_api_gateway_rest_api.a.id
  type = "AWS_PROXY"
  uri = aws_lambda_function.f.invoke_arn
}
resource "aws_api_gateway_integration" "i2" {
  rest_api_id = aws_api_gateway_rest_api.a.id
  type = "AWS"
  uri = "arn:aws:apigateway:${var.region}:sqs:path/${data.aws_caller_identity.c.account_id}/${aws_sqs_queue.q.name}"
}
variable "region" { default = "us-east-1" }
data "aws_caller_identity" "c" {}
data "aws_region" "current" {}
resource "aws_api_gateway_integration" "i3" {
  rest_api_id = aws_api_gateway_rest_api.a.id
  type = "AWS"
  uri = "arn:aws:apigateway:${data.aws_region.current.name}:dynamodb:action/PutItem"
  request_templates = { "application/json" = <<EOF2
{ "TableName": "${aws_dynamodb_table.t.name}", "Item": {} }
EOF2
  }
}
resource "aws_api_gateway_integration" "i4" {
  rest_api_id = aws_api_gateway_rest_api.a.id
  type = "AWS"
  uri = "arn:aws:apigateway:us-east-1:states:action/StartExecution"
  request_templates = { "application/json" = jsonencode({ stateMachineArn = aws_sfn_state_machine.s.arn, input = "x" }) }
}
resource "aws_api_gateway_integration" "i5" {
  rest_api_id = aws_api_gateway_rest_api.a.id
  type = "HTTP_PROXY"
  connection_type = "VPC_LINK"
  connection_id = aws_api_gateway_vpc_link.v.id
  uri = "http://${aws_lb.n.dns_name}/"
}
resource "aws_api_gateway_vpc_link" "v" {
  name = "v"
  target_arns = [aws_lb.n.arn]
}
resource "aws_lb" "n" { load_balancer_type = "network" }
resource "aws_sfn_state_machine" "s" { definition = "{}" }
resource "aws_dynamodb_table" "t" { name = "tt" }
resource "aws_sqs_queue" "q" { name = "qq" }
resource "aws_lambda_function" "f" { function_name = "ff" }
