# Instances connect to the stores whose addresses their template's user data holds.
resource "aws_db_instance" "orders" {
  identifier = "orders"
}

resource "aws_launch_template" "web" {
  name = "web"

  user_data = base64encode(<<-EOT
    #!/bin/bash
    echo "DB_HOST=${aws_db_instance.orders.address}" >> /etc/app.env
  EOT
  )
}

resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 1
  max_size = 3

  launch_template {
    id = aws_launch_template.web.id
  }
}
