variables {
  grants = { start_draw = ["draws:invoke", "seeds:decrypt"], show_me = [] }
  targets = {
    select_winners = "arn:aws:lambda:eu-west-1:123456789012:function:dev-critical-select-winners"
    seeds_key      = "arn:aws:kms:eu-west-1:123456789012:key/seeds"
  }
}

run "expands_a_word_to_an_exact_arn" {
  command = plan

  assert {
    condition     = output.statements.start_draw[0].actions == tolist(["lambda:InvokeFunction"])
    error_message = "draws:invoke is one action."
  }

  assert {
    condition     = one(output.statements.start_draw[0].resources) == "${var.targets.select_winners}:live"
    error_message = "draws:invoke reaches the live alias of select_winners and nothing else."
  }

  assert {
    condition     = one(output.statements.start_draw[1].resources) == var.targets.seeds_key
    error_message = "seeds:decrypt reaches the seeds key and nothing else."
  }
}

run "uses_a_key_only_through_its_service" {
  command = plan
  variables {
    grants = { send_ticket = ["mail:consume"] }
    targets = {
      mail_queue = "arn:aws:sqs:eu-west-1:123456789012:dev-mail"
      events_key = "arn:aws:kms:eu-west-1:123456789012:key/events"
    }
  }

  assert {
    condition     = output.statements.send_ticket[1].conditions[0].values == ["sqs.eu-west-1.amazonaws.com"]
    error_message = "The queue's service decrypts, the function cannot by itself."
  }
}

run "needs_no_key_where_the_service_has_its_own" {
  command = plan
  variables {
    grants  = { send_ticket = ["mail:consume"] }
    targets = { mail_queue = "arn:aws:sqs:eu-west-1:123456789012:dev-mail" }
  }

  assert {
    condition     = length(output.statements.send_ticket) == 1
    error_message = "Only the queue."
  }
}

run "gives_nothing_to_a_function_that_asks_for_nothing" {
  command = plan

  assert {
    condition     = length(output.statements.show_me) == 0
    error_message = "No grant, no statement."
  }
}

run "has_no_action_that_is_a_pattern" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for statements in values(output.catalogue) : [
        for statement in statements : [for action in statement.actions : !strcontains(action, "*")]
      ]
    ]))
    error_message = "An action is never a pattern."
  }
}

run "has_no_resource_pattern_without_a_reason" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for statements in values(output.catalogue) : [
        for statement in statements : statement.reason != null || !strcontains(statement.suffix, "*")
      ]
    ]))
    error_message = "A pattern stands beside its reason."
  }
}

run "refuses_a_word_that_is_not_in_the_catalogue" {
  command = plan
  variables { grants = { start_draw = ["draws:everything"] } }
  expect_failures = [var.grants]
}

run "refuses_a_grant_whose_target_was_not_given" {
  command = plan
  variables { targets = {} }
  expect_failures = [output.statements]
}

run "refuses_a_target_that_is_a_pattern" {
  command = plan
  variables { targets = { select_winners = "arn:aws:lambda:*", seeds_key = "arn:aws:kms:eu-west-1:123456789012:key/seeds" } }
  expect_failures = [var.targets]
}
