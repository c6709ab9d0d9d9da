data "aws_region" "this" {}

locals {
  region = data.aws_region.this.name
  zones  = { for number, zone in var.zones : zone => number }

  # Of a /20: private networks are /23 from the bottom, public ones (only for the way out) /26 from the top quarter.
  private_cidrs = { for zone, number in local.zones : zone => cidrsubnet(var.cidr, 3, number) }
  public_cidrs  = { for zone, number in local.zones : zone => cidrsubnet(cidrsubnet(var.cidr, 2, 3), 4, number) }

  public_zones = var.egress == "none" ? {} : local.zones
  nat_zones    = { for zone, number in local.public_zones : zone => number if var.egress == "per_zone" || number == 0 }
  nat_of       = { for zone, number in local.public_zones : zone => var.egress == "per_zone" ? zone : var.zones[0] }
}

resource "aws_vpc" "this" {
  cidr_block           = var.cidr
  enable_dns_hostnames = true
  enable_dns_support   = true

  tags = { Name = "${var.environment}-riff" }
}

# Nothing lives in the group that AWS makes by itself: without rules it lets nothing pass.
resource "aws_default_security_group" "this" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.environment}-unused" }
}

resource "aws_subnet" "private" {
  for_each = local.zones

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = local.private_cidrs[each.key]
  map_public_ip_on_launch = false

  tags = { Name = "${var.environment}-private-${each.key}" }
}

resource "aws_route_table" "private" {
  for_each = local.zones

  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.environment}-private-${each.key}" }
}

resource "aws_route_table_association" "private" {
  for_each = local.zones

  subnet_id      = aws_subnet.private[each.key].id
  route_table_id = aws_route_table.private[each.key].id
}

# ---- who may talk to whom

resource "aws_security_group" "functions" {
  name        = "${var.environment}-functions"
  description = "Functions: nobody calls them by network."
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.environment}-functions" }
}

resource "aws_security_group" "database" {
  name        = "${var.environment}-database"
  description = "The database: functions call it, it calls nobody."
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.environment}-database" }
}

resource "aws_security_group" "endpoints" {
  name        = "${var.environment}-endpoints"
  description = "Services of AWS inside the network: functions call them."
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.environment}-endpoints" }
}

resource "aws_vpc_security_group_egress_rule" "functions_to_database" {
  security_group_id            = aws_security_group.functions.id
  referenced_security_group_id = aws_security_group.database.id
  description                  = "PostgreSQL."
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_vpc_security_group_ingress_rule" "database_from_functions" {
  security_group_id            = aws_security_group.database.id
  referenced_security_group_id = aws_security_group.functions.id
  description                  = "PostgreSQL."
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_vpc_security_group_egress_rule" "functions_to_endpoints" {
  security_group_id            = aws_security_group.functions.id
  referenced_security_group_id = aws_security_group.endpoints.id
  description                  = "Services of AWS."
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_ingress_rule" "endpoints_from_functions" {
  security_group_id            = aws_security_group.endpoints.id
  referenced_security_group_id = aws_security_group.functions.id
  description                  = "Services of AWS."
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_egress_rule" "functions_to_gateway_endpoints" {
  for_each = aws_vpc_endpoint.gateway

  security_group_id = aws_security_group.functions.id
  prefix_list_id    = each.value.prefix_list_id
  description       = "${each.key}."
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "functions_to_internet" {
  count = var.egress == "none" ? 0 : 1

  security_group_id = aws_security_group.functions.id
  cidr_ipv4         = "0.0.0.0/0"
  description       = "Payment processors and other hosts outside, by TLS."
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

# ---- services of AWS inside the network

resource "aws_vpc_endpoint" "gateway" {
  for_each = toset(["dynamodb", "s3"])

  vpc_id            = aws_vpc.this.id
  service_name      = "com.amazonaws.${local.region}.${each.key}"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = values(aws_route_table.private)[*].id

  tags = { Name = "${var.environment}-${each.key}" }
}

resource "aws_vpc_endpoint" "interface" {
  for_each = var.endpoints

  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${local.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = values(aws_subnet.private)[*].id
  security_group_ids  = [aws_security_group.endpoints.id]

  tags = { Name = "${var.environment}-${each.key}" }
}

# ---- the way out, where there is one

resource "aws_internet_gateway" "this" {
  count = var.egress == "none" ? 0 : 1

  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.environment}-riff" }
}

resource "aws_subnet" "public" {
  for_each = local.nat_zones

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = local.public_cidrs[each.key]
  map_public_ip_on_launch = false

  tags = { Name = "${var.environment}-public-${each.key}" }
}

resource "aws_route_table" "public" {
  count = var.egress == "none" ? 0 : 1

  vpc_id = aws_vpc.this.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this[0].id
  }

  tags = { Name = "${var.environment}-public" }
}

resource "aws_route_table_association" "public" {
  for_each = local.nat_zones

  subnet_id      = aws_subnet.public[each.key].id
  route_table_id = aws_route_table.public[0].id
}

resource "aws_eip" "nat" {
  for_each = local.nat_zones

  domain = "vpc"

  tags = { Name = "${var.environment}-nat-${each.key}" }
}

resource "aws_nat_gateway" "this" {
  for_each = local.nat_zones

  allocation_id = aws_eip.nat[each.key].id
  subnet_id     = aws_subnet.public[each.key].id

  tags = { Name = "${var.environment}-${each.key}" }

  depends_on = [aws_internet_gateway.this]
}

resource "aws_route" "out" {
  for_each = local.nat_of

  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[each.value].id
}

# ---- the record of what was refused

module "flow_logs" {
  source = "../logs"

  names          = var.flow_logs == null ? [] : ["/riff/${var.environment}/network-flow"]
  retention_days = try(coalesce(var.flow_logs.retention_days), 30)
  kms_key_arn    = try(var.flow_logs.kms_key_arn, null)
}

resource "aws_iam_role" "flow_logs" {
  for_each = module.flow_logs.names

  name        = "${var.environment}-network-flow"
  description = "Writes the network's flow log."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyFlowLogs"
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "flow_logs" {
  for_each = module.flow_logs.arns

  name = "write"
  role = aws_iam_role.flow_logs[each.key].name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "WriteFlowLog"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
      Resource = ["${each.value}:*"] # streams are named by network interface
    }]
  })
}

resource "aws_flow_log" "this" {
  for_each = module.flow_logs.arns

  vpc_id          = aws_vpc.this.id
  traffic_type    = "REJECT"
  log_destination = each.value
  iam_role_arn    = aws_iam_role.flow_logs[each.key].arn

  tags = { Name = "${var.environment}-riff" }
}
