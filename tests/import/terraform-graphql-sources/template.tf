data "aws_region" "r" {}
resource "aws_cognito_user_pool" "p" { name = "p" }
resource "aws_dynamodb_table" "t" {
  name     = "t"
  hash_key = "id"
}
resource "aws_appsync_graphql_api" "g" {
  name                = "g"
  authentication_type = "AMAZON_COGNITO_USER_POOLS"
  user_pool_config {
    default_action = "ALLOW"
    user_pool_id   = aws_cognito_user_pool.p.id
  }
}
resource "aws_appsync_datasource" "table" {
  api_id           = aws_appsync_graphql_api.g.id
  name             = "t"
  type             = "AMAZON_DYNAMODB"
  service_role_arn = "arn:aws:iam::1:role/r"
  dynamodb_config { table_name = aws_dynamodb_table.t.name }
}
resource "aws_appsync_datasource" "fn" {
  api_id           = aws_appsync_graphql_api.g.id
  name             = "f"
  type             = "AWS_LAMBDA"
  service_role_arn = "arn:aws:iam::1:role/r"
  lambda_config { function_arn = aws_lambda_function.f.arn }
}
resource "aws_appsync_datasource" "model" {
  api_id           = aws_appsync_graphql_api.g.id
  name             = "m"
  type             = "HTTP"
  service_role_arn = "arn:aws:iam::1:role/r"
  http_config {
    endpoint = "https://bedrock-runtime.${data.aws_region.r.name}.amazonaws.com"
    authorization_config {
      authorization_type = "AWS_IAM"
      aws_iam_config {
        signing_region       = data.aws_region.r.name
        signing_service_name = "bedrock"
      }
    }
  }
}
resource "aws_iam_role" "f" { assume_role_policy = "{}" }
resource "aws_iam_role_policy" "f" {
  role   = aws_iam_role.f.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "bedrock:InvokeAgent", Resource = aws_bedrockagent_agent_alias.live.agent_alias_arn }] })
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.f.arn
  handler       = "a.b"
  runtime       = "python3.12"
  filename      = "x.zip"
}
resource "aws_lambda_function" "tools" {
  function_name = "tools"
  role          = "arn:aws:iam::1:role/r"
  handler       = "a.b"
  runtime       = "python3.12"
  filename      = "x.zip"
}
resource "aws_bedrockagent_agent" "a" {
  agent_name              = "a"
  agent_resource_role_arn = "arn:aws:iam::1:role/r"
  foundation_model        = "amazon.nova-pro-v1:0"
}
resource "aws_bedrockagent_agent_alias" "live" {
  agent_id         = aws_bedrockagent_agent.a.agent_id
  agent_alias_name = "live"
}
resource "aws_bedrockagent_agent_action_group" "g" {
  action_group_name = "g"
  agent_id          = aws_bedrockagent_agent.a.agent_id
  agent_version     = "DRAFT"
  action_group_executor { lambda = aws_lambda_function.tools.arn }
}
