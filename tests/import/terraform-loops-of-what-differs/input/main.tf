# What differs between the calls is not known inside; what the loop makes of it is named all the same.
locals {
  workers = {
    intake  = { tables = ["claims"] }
    scoring = { tables = ["claims", "scores"] }
  }
}
resource "aws_dynamodb_table" "this" {
  for_each = toset(["claims", "scores"])
  name     = each.key
}
module "worker" {
  source     = "./worker"
  for_each   = local.workers
  name       = each.key
  table_arns = [for t in each.value.tables : aws_dynamodb_table.this[t].arn]
}
