# Reads the states of both others, a parameter, and looks a topic up by its name.
data "terraform_remote_state" "network" {
  backend = "s3"

  config = {
    bucket = "acme-states"
    key    = "live/network.tfstate"
    region = "eu-west-1"
  }
}

data "terraform_remote_state" "data" {
  backend = "local"

  config = {
    path = "../data/terraform.tfstate"
  }
}

# Nobody here keeps that one.
data "terraform_remote_state" "billing" {
  backend = "s3"

  config = {
    bucket = "acme-states"
    key    = "live/billing.tfstate"
  }
}

data "aws_ssm_parameter" "orders" {
  name = "/live/orders/arn"
}

data "aws_sns_topic" "news" {
  name = "news"
}

module "worker" {
  source      = "./worker"
  queue_arn   = data.terraform_remote_state.network.outputs.jobs.queue.arn
  uploads_arn = data.terraform_remote_state.network.outputs.uploads_arn
  table_arns  = [data.aws_ssm_parameter.orders.value, data.terraform_remote_state.data.outputs.prices[0]]
  invoices    = data.terraform_remote_state.billing.outputs.invoices_arn
}

resource "aws_sns_topic_subscription" "news" {
  topic_arn = data.aws_sns_topic.news.arn
  protocol  = "lambda"
  endpoint  = module.worker.function_arn
}

# A data source may ask for the name by another word.
data "aws_db_instance" "ledger" {
  db_instance_identifier = "ledger"
}

resource "aws_lambda_function" "report" {
  function_name = "report"
  role          = "arn:aws:iam::111122223333:role/report"

  environment {
    variables = { HOST = data.aws_db_instance.ledger.address }
  }
}
