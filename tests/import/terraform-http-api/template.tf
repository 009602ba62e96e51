resource "aws_apigatewayv2_api" "a" {
  name = "a"
  protocol_type = "HTTP"
}
resource "aws_apigatewayv2_integration" "i1" {
  api_id = aws_apigatewayv2_api.a.id
  integration_type = "AWS_PROXY"
  integration_uri = aws_lambda_function.f.invoke_arn
}
resource "aws_apigatewayv2_integration" "i2" {
  api_id = aws_apigatewayv2_api.a.id
  integration_type = "AWS_PROXY"
  integration_subtype = "SQS-SendMessage"
  request_parameters = { QueueUrl = aws_sqs_queue.q.id, MessageBody = "$request.body" }
}
resource "aws_apigatewayv2_integration" "i3" {
  api_id = aws_apigatewayv2_api.a.id
  integration_type = "AWS_PROXY"
  integration_subtype = "EventBridge-PutEvents"
  request_parameters = { Detail = "x", Source = "y", DetailType = "z" }
}
resource "aws_apigatewayv2_integration" "i4" {
  api_id = aws_apigatewayv2_api.a.id
  integration_type = "HTTP_PROXY"
  connection_type = "VPC_LINK"
  connection_id = aws_apigatewayv2_vpc_link.v.id
  integration_uri = aws_lb_listener.l.arn
}
resource "aws_apigatewayv2_vpc_link" "v" { name = "v" }
resource "aws_lb" "b" {}
resource "aws_lb_listener" "l" {
  load_balancer_arn = aws_lb.b.arn
  default_action {
    type = "forward"
    target_group_arn = aws_lb_target_group.g.arn
  }
}
resource "aws_lb_target_group" "g" { target_type = "ip" }
resource "aws_ecs_service" "s" {
  name = "s"
  task_definition = aws_ecs_task_definition.td.arn
  load_balancer {
    target_group_arn = aws_lb_target_group.g.arn
    container_name = "c"
    container_port = 80
  }
}
resource "aws_ecs_task_definition" "td" { task_role_arn = aws_iam_role.t.arn }
resource "aws_iam_role" "t" {}
resource "aws_iam_role_policy" "p" {
  role = aws_iam_role.t.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "${aws_s3_bucket.b.arn}/*" }] })
}
resource "aws_s3_bucket" "b" {}
resource "aws_apigatewayv2_authorizer" "z" {
  api_id = aws_apigatewayv2_api.a.id
  authorizer_type = "JWT"
  jwt_configuration {
    audience = [aws_cognito_user_pool_client.c.id]
    issuer = "https://${aws_cognito_user_pool.u.endpoint}"
  }
}
resource "aws_cognito_user_pool" "u" { name = "u" }
resource "aws_cognito_user_pool_client" "c" { user_pool_id = aws_cognito_user_pool.u.id }
resource "aws_sqs_queue" "q" {}
resource "aws_lambda_function" "f" {}
