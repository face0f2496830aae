// Drives the stand-in with the vendor's own client, which knows nothing of it. Each step prints its name when it has
// held; the first that does not hold ends the run. The test reads the names and compares what the stand-in then holds.
import assert from 'node:assert/strict';
import v1 from 'pipedrive/v1';
import v2 from 'pipedrive/v2';

const url = process.env.SANDBOX_URL;
const apiKey = process.env.SANDBOX_TOKEN;
const newer = new v2.Configuration({ apiKey, basePath: `${url}/api/v2` });
const older = new v1.Configuration({ apiKey, basePath: `${url}/v1` });
const persons = new v2.PersonsApi(newer);
const fields = new v2.PersonFieldsApi(newer);
const deals = new v2.DealsApi(newer);
const kept = {};

async function step(name, body) {
  try {
    await body();
  } catch (error) {
    console.error(`step ${name}: ${error.stack ?? JSON.stringify(error)}`);
    process.exit(1);
  }
  console.log(`step ${name}`);
}

// The client rejects with the body of the answer.
async function refused(code, call) {
  await assert.rejects(call, (error) => {
    assert.equal(error.success, false);
    assert.ok(error.error);
    assert.equal(error.code, code);
    return true;
  });
}

const ids = (answer) => answer.data.map((one) => one.id);

await step('who am I', async () => {
  const me = await new v1.UsersApi(older).getCurrentUser();
  assert.ok(me.data.company_id > 0);
  assert.equal(me.data.is_you, true);
  const users = await new v1.UsersApi(older).getUsers();
  assert.ok(users.data.some((one) => one.id === me.data.id));
});

await step('fields', async () => {
  const made = await fields.addPersonField({ AddPersonFieldRequest: { field_name: 'Kirim id', field_type: 'varchar' } });
  kept.code = made.data.field_code;
  assert.match(kept.code, /^[0-9a-f]{40}$/);
  assert.equal(made.data.is_custom_field, true);
  const size = await fields.addPersonField({
    AddPersonFieldRequest: { field_name: 'Size', field_type: 'enum', options: [{ label: 'S' }] },
  });
  kept.size = size.data.field_code;
  const added = await fields.addPersonFieldOptions({
    field_code: kept.size, AddDealFieldOptionsRequestInner: [{ label: 'M' }],
  });
  kept.medium = added.data[0].id;
  await fields.updatePersonFieldOptions({
    field_code: kept.size, UpdateDealFieldOptionsRequestInner: [{ id: kept.medium, label: 'Medium' }],
  });
  const read = await fields.getPersonField({ field_code: kept.size });
  assert.deepEqual(read.data.options.map((one) => one.label), ['S', 'Medium']);
  const page = await fields.getPersonFields({ limit: 2 });
  assert.equal(page.data.length, 2);
  const next = await fields.getPersonFields({ limit: 500, cursor: page.additional_data.next_cursor });
  assert.ok(next.data.some((one) => one.field_code === kept.code));
  const labels = next.data.concat(page.data).find((one) => one.field_code === 'label_ids');
  kept.label = labels.options[0].id;
  const passing = await fields.addPersonField({ AddPersonFieldRequest: { field_name: 'x', field_type: 'text' } });
  await fields.deletePersonField({ field_code: passing.data.field_code });
  await refused('ERR_NOT_FOUND', () => fields.getPersonField({ field_code: passing.data.field_code }));
});

await step('persons', async () => {
  const made = await persons.addPerson({
    AddPersonRequest: {
      name: 'Ana Silva',
      emails: [{ value: 'Ana@example.com' }],
      label_ids: [kept.label],
      custom_fields: { [kept.code]: 'ctc_Abc', [kept.size]: kept.medium },
    },
  });
  kept.ana = made.data.id;
  assert.equal(made.data.first_name, 'Ana');
  assert.equal(made.data.emails[0].primary, true);
  await persons.updatePerson({ id: kept.ana, UpdatePersonRequest: { phones: [{ value: '+4712345678' }] } });
  const read = await persons.getPerson({
    id: kept.ana, custom_fields: kept.size, include_option_labels: true, include_labels: true,
  });
  assert.deepEqual(read.data.custom_fields, { [kept.size]: { id: kept.medium, label: 'Medium' } });
  assert.equal(read.data.phones[0].label, 'work');
  assert.equal(read.data.labels[0].id, kept.label);
  await refused('ERR_SCHEMA_VALIDATION_FAILED', () => persons.addPerson({ AddPersonRequest: {} }));
  await refused('ERR_SCHEMA_VALIDATION_FAILED',
      () => persons.updatePerson({ id: kept.ana, UpdatePersonRequest: { nonsense: 1 } }));
  await refused('ERR_NOT_FOUND', () => persons.getPerson({ id: 999 }));
  kept.ben = (await persons.addPerson({ AddPersonRequest: { name: 'Ben' } })).data.id;
  const first = await persons.getPersons({ limit: 1, sort_by: 'update_time', sort_direction: 'asc' });
  const rest = await persons.getPersons({
    limit: 10, sort_by: 'update_time', sort_direction: 'asc', cursor: first.additional_data.next_cursor,
  });
  assert.deepEqual(ids(first).concat(ids(rest)), [kept.ana, kept.ben]);
  assert.equal(rest.additional_data.next_cursor, null);
  assert.deepEqual(ids(await persons.getPersons({ ids: `${kept.ben}` })), [kept.ben]);
  assert.deepEqual(ids(await persons.getPersons({ updated_since: read.data.update_time })), [kept.ana, kept.ben]);
  assert.deepEqual(ids(await persons.getPersons({ updated_until: read.data.add_time })), []);
});

await step('search', async () => {
  const search = new v2.ItemSearchApi(newer);
  const byField = (term) => search.searchItemByField({
    term, entity_type: 'person', field: kept.code, match: 'exact',
  });
  assert.deepEqual((await byField('ctc_Abc')).data, [{ id: kept.ana, name: 'Ana Silva' }]);
  assert.deepEqual((await byField('ctc_abc')).data, []);
  const found = await persons.searchPersons({ term: 'ana@EXAMPLE.com', fields: 'email', exact_match: true });
  assert.deepEqual(found.data.items.map((one) => one.item.id), [kept.ana]);
  assert.deepEqual(found.data.items[0].item.emails, ['Ana@example.com']);
});

await step('deals and activities', async () => {
  const stages = await new v2.StagesApi(newer).getStages();
  const pipelines = await new v2.PipelinesApi(newer).getPipelines();
  assert.equal(stages.data[0].pipeline_id, pipelines.data[0].id);
  const made = await deals.addDeal({ AddDealRequest: { title: 'Help', person_id: kept.ana } });
  kept.deal = made.data.id;
  assert.equal(made.data.stage_id, stages.data[0].id);
  await deals.updateDeal({ id: kept.deal, UpdateDealRequest: { status: 'lost', lost_reason: 'price' } });
  assert.deepEqual(ids(await deals.getDeals({ status: 'lost', person_id: kept.ana })), [kept.deal]);
  const activities = new v2.ActivitiesApi(newer);
  const call = await activities.addActivity({
    AddActivityRequest: { subject: 'Call', participants: [{ person_id: kept.ana, primary: true }] },
  });
  assert.equal(call.data.person_id, kept.ana);
  await activities.updateActivity({ id: call.data.id, AddActivityRequest: { done: true } });
  assert.deepEqual(ids(await activities.getActivities({ person_id: kept.ana, done: true })), [call.data.id]);
});

await step('notes', async () => {
  const notes = new v1.NotesApi(older);
  const made = await notes.addNote({ AddNoteRequest: { content: '<p onclick="x">Hi</p>', person_id: kept.ben } });
  kept.note = made.data.id;
  assert.equal(made.data.content, '<p>Hi</p>');
  await notes.updateNote({ id: kept.note, NoteRequest: { content: 'Bye' } });
  const page = await notes.getNotes({ person_id: kept.ben, limit: 1, updated_since: new Date(0) });
  assert.deepEqual(page.data.map((one) => one.content), ['Bye']);
  assert.equal(page.additional_data.pagination.more_items_in_collection, false);
});

await step('leads', async () => {
  const labels = await new v1.LeadLabelsApi(older).getLeadLabels();
  const leads = new v1.LeadsApi(older);
  const made = await leads.addLead({
    AddLeadRequest: { title: 'Maybe', person_id: kept.ben, label_ids: [labels.data[0].id], origin_id: 'cnv_1' },
  });
  await leads.updateLead({ id: made.data.id, UpdateLeadRequest: { title: 'Yes' } });
  const page = await leads.getLeads({ person_id: kept.ben });
  assert.deepEqual(page.data.map((one) => one.title), ['Yes']);
  await leads.deleteLead({ id: made.data.id });
  assert.ok((await new v1.LeadFieldsApi(older).getLeadFields()).data.some((one) => one.key === 'title'));
});

await step('webhooks', async () => {
  const webhooks = new v1.WebhooksApi(older);
  const made = await webhooks.addWebhook({
    AddWebhookRequest: {
      subscription_url: 'https://example.com/hook', event_action: '*', event_object: 'person', name: 'crm-sync',
      http_auth_user: 'kirim', http_auth_password: 'secret', version: '2.0',
    },
  });
  const all = await webhooks.getWebhooks();
  assert.deepEqual(all.data.map((one) => [one.id, one.is_active, one.name]), [[made.data.id, 1, 'crm-sync']]);
  await webhooks.deleteWebhook({ id: made.data.id });
  assert.deepEqual((await webhooks.getWebhooks()).data, []);
});

await step('merge', async () => {
  const merged = await new v1.PersonsApi(older).mergePersons({
    id: kept.ben, MergePersonsRequest: { merge_with_id: kept.ana },
  });
  assert.equal(merged.data.id, kept.ana);
  assert.equal(merged.data.merge_what_id, kept.ben);
  await refused('ERR_NOT_FOUND', () => persons.getPerson({ id: kept.ben }));
  const note = await new v1.NotesApi(older).getNote({ id: kept.note });
  assert.equal(note.data.person_id, kept.ana);
});

await step('history', async () => {
  const log = await new v1.PersonsApi(older).getPersonChangelog({ id: kept.ana });
  assert.ok(log.data.some((one) => one.field_key === 'phone' && one.change_source === 'api'));
  const recents = await new v1.RecentsApi(older).getRecents({ since_timestamp: '2020-01-01 00:00:00', items: 'deal' });
  assert.deepEqual(recents.data.map((one) => one.id), [kept.deal]);
});

await step('delete', async () => {
  await deals.deleteDeal({ id: kept.deal });
  assert.deepEqual(ids(await deals.getDeals({})), []);
  await persons.deletePerson({ id: kept.ana });
  assert.equal((await persons.getPerson({ id: kept.ana })).data.is_deleted, true);
  assert.deepEqual(ids(await persons.getPersons({})), []);
});
