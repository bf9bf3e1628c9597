-- Work is queued by the account that it is for, so that only a replica with that account's key takes it.
update leased_work set queue = 'start:' || key where queue = 'start';

update leased_work set queue = 'follow:' || take.account
  from take where queue = 'follow' and take.take_id::text = key;

update leased_work set queue = 'cancel:' || attempt.account
  from attempt where queue = 'cancel' and attempt.prediction_id = key;
