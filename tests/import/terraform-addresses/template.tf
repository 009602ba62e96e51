# Who is given the address of a store connects to it, also through a module's output.
resource "aws_db_instance" "orders" {
  identifier = "orders"
  engine     = "postgres"
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
}

resource "aws_msk_cluster" "events" {
  cluster_name = "events"
}

resource "aws_lb" "internal" {
  name     = "internal"
  internal = true
}

locals {
  settings = {
    DATABASE_URL = "postgres://app@${aws_db_instance.orders.address}:${aws_db_instance.orders.port}/orders"
    REDIS_HOST   = aws_elasticache_replication_group.sessions.primary_endpoint_address
  }
}

resource "aws_lambda_function" "order" {
  function_name = "order"
  role          = "arn:aws:iam::111122223333:role/order"

  environment {
    variables = merge(local.settings, { KAFKA = aws_msk_cluster.events.bootstrap_brokers_sasl_iam })
  }
}

resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([{
    name  = "web"
    image = "public.ecr.aws/example/web"
    environment = concat(
      [for name, value in local.settings : { name = name, value = value }],
      [{ name = "PRICES", value = "http://${aws_lb.internal.dns_name}/prices" }],
    )
  }])
}

resource "aws_ssm_parameter" "host" {
  name  = "/orders/host"
  type  = "String"
  value = aws_db_instance.orders.address
}
