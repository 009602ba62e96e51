variable "topics" { default = ["orders", "returns"] }
variable "consumers" {
  type = map(any)
  default = {
    mail    = { handler = "mail.h", topics = ["orders"] }
    archive = { handler = "archive.h", topics = ["orders", "returns"] }
  }
}
locals {
  prefix = "shop-${terraform.workspace}"
  pairs  = flatten([for name, c in var.consumers : [for t in c.topics : { consumer = name, topic = t }]])
}
