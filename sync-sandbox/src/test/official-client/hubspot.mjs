// Drives the stand-in with the vendor's own client, which knows nothing of it. Each step prints its name when it has
// held; the first that does not hold ends the run. The test reads the names and compares what the stand-in then holds.
import assert from 'node:assert/strict';
import { Client } from '@hubspot/api-client';

const client = new Client({
  basePath: process.env.SANDBOX_URL,
  accessToken: process.env.SANDBOX_TOKEN,
  numberOfApiCallRetries: 0,
});
const crm = client.crm;
const notes = crm.objects.notes;
const associations = crm.associations.v4;

const TICKET_TO_CONTACT = 16;
const NOTE_TO_TICKET = 228;
const kept = {};

async function step(name, body) {
  try {
    await body();
  } catch (error) {
    console.error(`step ${name}: ${error.stack}`);
    process.exit(1);
  }
  console.log(`step ${name}`);
}

async function refused(status, call) {
  await assert.rejects(call, (error) => {
    assert.equal(error.code, status);
    assert.equal(error.body.status, 'error');
    assert.ok(error.body.correlationId);
    return true;
  });
}

const to = (id, type) => ({
  to: { id },
  types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: type }],
});
const unique = (group) => ({
  name: 'kirim_id', label: 'Kirim id', type: 'string', fieldType: 'text', groupName: group, hasUniqueValue: true,
});

await step('properties', async () => {
  const made = await crm.properties.coreApi.create('contacts', unique('contactinformation'));
  assert.equal(made.hasUniqueValue, true);
  assert.ok(made.createdAt instanceof Date);
  await crm.properties.coreApi.create('tickets', unique('ticketinformation'));
  await refused(400, () => crm.properties.coreApi.create('notes', unique('note')));
  await crm.properties.coreApi.create('notes', { ...unique('note'), hasUniqueValue: false });
  await crm.properties.coreApi.create('contacts', { ...unique('contactinformation'), name: 'passing' });
  await crm.properties.coreApi.archive('contacts', 'passing');
  await refused(404, () => crm.properties.coreApi.getByName('contacts', 'passing'));
  const all = await crm.properties.coreApi.getAll('tickets');
  const stage = all.results.find((one) => one.name === 'hs_pipeline_stage');
  assert.deepEqual(stage.options.map((one) => one.value), ['1', '2', '3', '4']);
  const modified = all.results.find((one) => one.name === 'hs_lastmodifieddate');
  assert.equal(modified.modificationMetadata.readOnlyValue, true);
});

await step('pipelines and owners', async () => {
  const pipelines = await crm.pipelines.pipelinesApi.getAll('tickets');
  assert.equal(pipelines.results[0].stages.length, 4);
  assert.equal(pipelines.results[0].stages[3].metadata.ticketState, 'CLOSED');
  const page = await crm.owners.ownersApi.getPage(undefined, undefined, 1);
  assert.equal(page.results.length, 1);
  const next = await crm.owners.ownersApi.getPage(undefined, page.paging.next.after, 1);
  assert.equal(next.results[0].email, 'joko@example.com');
  const found = await crm.owners.ownersApi.getPage('sari@example.com');
  kept.owner = found.results[0].id;
  assert.equal((await crm.owners.ownersApi.getById(Number(kept.owner))).firstName, 'Sari');
});

await step('contacts', async () => {
  const api = crm.contacts.basicApi;
  const ana = await api.create({ properties: { email: 'Ana@Example.com', firstname: 'Ana' }, associations: [] });
  kept.ana = ana.id;
  assert.equal(ana.properties.email, 'ana@example.com');
  assert.ok(ana.updatedAt instanceof Date);
  await api.update(ana.id, { properties: { firstname: 'Anna', city: 'Oslo' } });
  await api.update('ana@example.com', { properties: { city: '' } }, 'email');
  const read = await api.getById(ana.id, ['firstname', 'city'], ['firstname']);
  assert.equal(read.properties.firstname, 'Anna');
  assert.equal(read.properties.city, null);
  assert.deepEqual(read.propertiesWithHistory.firstname.map((one) => one.value), ['Anna', 'Ana']);
  await refused(409, () => api.create({ properties: { email: 'ana@example.com' }, associations: [] }));
  await refused(400, () => api.update(ana.id, { properties: { nonsense: 'x' } }));
  await refused(404, () => api.getById('1'));
  kept.ben = (await api.create({ properties: { email: 'ben@example.com' }, associations: [] })).id;
  const first = await api.getPage(1);
  assert.equal(first.results.length, 1);
  const second = await api.getPage(1, first.paging.next.after);
  assert.deepEqual([first.results[0].id, second.results[0].id], [kept.ana, kept.ben]);
});

await step('tickets', async () => {
  const api = crm.tickets.basicApi;
  const made = await api.create({
    properties: { subject: 'Help', hs_pipeline: '0', hs_pipeline_stage: '1', hubspot_owner_id: kept.owner },
    associations: [to(kept.ana, TICKET_TO_CONTACT)],
  });
  kept.ticket = made.id;
  const read = await api.getById(made.id, ['subject', 'hubspot_owner_id'], undefined, ['contacts']);
  assert.equal(read.properties.hubspot_owner_id, kept.owner);
  assert.deepEqual(read.associations.contacts.results.map((one) => [one.id, one.type]),
      [[kept.ana, 'ticket_to_contact']]);
  const page = await api.getPage(10, undefined, undefined, undefined, ['contacts']);
  assert.equal(page.results[0].associations.contacts.results[0].id, kept.ana);
  await refused(400, () => api.update(made.id, { properties: { hs_pipeline_stage: '9' } }));
  await refused(400, () => api.update(made.id, { properties: { hubspot_owner_id: '1' } }));
  await api.update(made.id, { properties: { hs_pipeline_stage: '4' } });
  const closed = await api.getById(made.id, ['hs_pipeline_stage', 'closed_date']);
  assert.ok(closed.properties.closed_date);
});

await step('notes', async () => {
  const made = await notes.basicApi.create({
    properties: { hs_note_body: 'Hi', hs_timestamp: '2026-05-01T10:00:00Z', kirim_id: 'msg_1' },
    associations: [to(kept.ticket, NOTE_TO_TICKET)],
  });
  kept.note = made.id;
  await refused(400, () => notes.basicApi.create({ properties: { hs_note_body: 'Hi' }, associations: [] }));
  await refused(400, () => notes.basicApi.create({
    properties: { hs_timestamp: '0' }, associations: [to(kept.ticket, TICKET_TO_CONTACT)],
  }));
  const batch = await notes.batchApi.create({
    inputs: [2, 3].map((n) => ({
      properties: { hs_note_body: `n${n}`, hs_timestamp: '0', kirim_id: `msg_${n}` },
      associations: [to(kept.ticket, NOTE_TO_TICKET)],
    })),
  });
  assert.equal(batch.status, 'COMPLETE');
  assert.equal(batch.results.length, 2);
  const read = await notes.basicApi.getById(made.id, ['hs_note_body'], undefined, ['tickets']);
  assert.equal(read.associations.tickets.results[0].id, kept.ticket);
});

await step('associations', async () => {
  const { basicApi, batchApi } = associations;
  const put = await basicApi.createDefault('tickets', kept.ticket, 'contacts', kept.ben);
  assert.equal(put.results[0]._from.id, kept.ticket);
  assert.equal(put.results[0].to.id, kept.ben);
  assert.equal(put.results[0].associationSpec.associationTypeId, TICKET_TO_CONTACT);
  const page = await basicApi.getPage('tickets', kept.ticket, 'contacts', undefined, 1);
  assert.equal(String(page.results[0].toObjectId), kept.ana);
  assert.equal(page.results[0].associationTypes[0].typeId, TICKET_TO_CONTACT);
  const next = await basicApi.getPage('tickets', kept.ticket, 'contacts', page.paging.next.after, 1);
  assert.equal(String(next.results[0].toObjectId), kept.ben);
  const read = await batchApi.getPage('tickets', 'notes', { inputs: [{ id: kept.ticket }, { id: '1' }] });
  assert.equal(read.results[0].to.length, 3);
  assert.equal(read.numErrors, 1);
  await basicApi.archive('tickets', kept.ticket, 'contacts', kept.ben);
  const spec = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: TICKET_TO_CONTACT }];
  const pair = (id) => ({ from: { id: kept.ticket }, to: { id }, types: spec });
  // The client calls it _from, because from is no word for it in every language.
  const typed = ({ from, ...rest }) => ({ _from: from, ...rest });
  const some = await batchApi.create('tickets', 'contacts', {
    inputs: [typed(pair(kept.ben)), typed(pair('1'))],
  });
  assert.deepEqual(some.results.map((one) => [String(one.fromObjectId), String(one.toObjectId)]), [[kept.ticket, kept.ben]]);
  assert.equal(some.results[0].toObjectTypeId, '0-1');
  assert.equal(some.numErrors, 1);
  await batchApi.archive('tickets', 'contacts', {
    inputs: [{ _from: { id: kept.ticket }, to: [{ id: kept.ben }] }],
  });
  const left = await basicApi.getPage('contacts', kept.ben, 'tickets');
  assert.deepEqual(left.results, []);
  const labelled = await basicApi.create('tickets', kept.ticket, 'contacts', kept.ben, spec);
  assert.equal(String(labelled.toObjectId), kept.ben);
  const wrong = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: NOTE_TO_TICKET }];
  await refused(400, () => basicApi.create('tickets', kept.ticket, 'contacts', kept.ben, wrong));
});

await step('batch upsert', async () => {
  const inputs = ['cnv_1', 'cnv_2'].map((id) => ({
    id, idProperty: 'kirim_id', properties: { subject: id, hs_pipeline_stage: '1' },
  }));
  const first = await crm.tickets.batchApi.upsert({ inputs });
  assert.deepEqual(first.results.map((one) => one._new), [true, true]);
  const again = await crm.tickets.batchApi.upsert({ inputs });
  assert.deepEqual(again.results.map((one) => one._new), [false, false]);
  assert.deepEqual(again.results.map((one) => one.id), first.results.map((one) => one.id));
  kept.upserted = first.results.map((one) => one.id);
  const bad = [inputs[0], { ...inputs[1], properties: { nonsense: 'x' } }];
  const some = await crm.tickets.batchApi.upsert({ inputs: bad });
  assert.equal(some.results.length, 1);
  assert.equal(some.numErrors, 1);
  assert.equal(some.errors[0].category, 'VALIDATION_ERROR');
  const read = await crm.tickets.batchApi.read({
    inputs: [{ id: 'cnv_1' }, { id: 'cnv_9' }], idProperty: 'kirim_id', properties: ['subject'], propertiesWithHistory: [],
  });
  assert.equal(read.results[0].properties.subject, 'cnv_1');
  assert.equal(read.errors[0].context.ids[0], 'cnv_9');
});

await step('search', async () => {
  const request = (property, sort) => ({
    filterGroups: [{ filters: [{ propertyName: property, operator: 'GTE', value: '0' }] }],
    properties: ['subject'], sorts: [sort], limit: 2, after: '0',
  });
  const first = await crm.tickets.searchApi.doSearch(request('hs_lastmodifieddate', 'hs_object_id'));
  assert.equal(first.total, 3);
  assert.equal(first.results.length, 2);
  const rest = await crm.tickets.searchApi.doSearch(
      { ...request('hs_lastmodifieddate', 'hs_object_id'), after: first.paging.next.after });
  const found = [...first.results, ...rest.results].map((one) => one.id);
  assert.deepEqual(found, [kept.ticket, ...kept.upserted]);
  const byWord = await notes.searchApi.doSearch({
    filterGroups: [{ filters: [{ propertyName: 'kirim_id', operator: 'EQ', value: 'msg_2' }] }],
    properties: ['hs_note_body'], sorts: ['hs_object_id'], limit: 10, after: '0',
  });
  assert.deepEqual(byWord.results.map((one) => one.properties.hs_note_body), ['n2']);
  await refused(400, () => crm.contacts.searchApi.doSearch(request('nonsense', 'hs_object_id')));
});

await step('lists', async () => {
  const made = await crm.lists.listsApi.create({ name: 'VIPs', objectTypeId: '0-1', processingType: 'MANUAL' });
  const id = made.list.listId;
  const added = await crm.lists.membershipsApi.add(id, [kept.ana, kept.ben, '1']);
  assert.deepEqual(added.recordsIdsAdded, [kept.ana, kept.ben]);
  assert.deepEqual(added.recordIdsMissing, ['1']);
  const page = await crm.lists.membershipsApi.getPage(id, undefined, undefined, 1);
  assert.equal(page.results[0].recordId, kept.ana);
  assert.ok(page.results[0].membershipTimestamp instanceof Date);
  const next = await crm.lists.membershipsApi.getPage(id, page.paging.next.after, undefined, 1);
  assert.equal(next.results[0].recordId, kept.ben);
  const both = await crm.lists.membershipsApi.addAndRemove(id, {
    recordIdsToAdd: [], recordIdsToRemove: [kept.ben],
  });
  assert.deepEqual(both.recordIdsRemoved, [kept.ben]);
  assert.equal((await crm.lists.listsApi.getByName('VIPs', '0-1')).list.listId, id);
  assert.equal((await crm.lists.listsApi.getById(id)).list.name, 'VIPs');
  const search = await crm.lists.listsApi.doSearch({ query: 'vip', offset: 0, count: 10 });
  assert.deepEqual(search.lists.map((one) => one.listId), [id]);
  const of = await crm.lists.membershipsApi.getLists('0-1', kept.ana);
  assert.deepEqual(of.results.map((one) => one.listId), [id]);
});

await step('merge', async () => {
  const merged = await crm.contacts.basicApi.merge({ primaryObjectId: kept.ana, objectIdToMerge: kept.ben });
  assert.notEqual(merged.id, kept.ana);
  for (const old of [kept.ana, kept.ben]) {
    assert.equal((await crm.contacts.basicApi.getById(old)).id, merged.id);
  }
  const tickets = await associations.basicApi.getPage('contacts', merged.id, 'tickets');
  assert.deepEqual(tickets.results.map((one) => String(one.toObjectId)), [kept.ticket]);
  const [one, other] = kept.upserted;
  kept.merged = (await crm.tickets.basicApi.merge({ primaryObjectId: one, objectIdToMerge: other })).id;
  kept.contact = merged.id;
});

await step('archive', async () => {
  await crm.tickets.basicApi.archive(kept.merged);
  await refused(404, () => crm.tickets.basicApi.getById(kept.merged));
  const archived = await crm.tickets.basicApi.getPage(10, undefined, undefined, undefined, undefined, true);
  assert.deepEqual(archived.results.map((one) => [one.id, one.archived]), [[kept.merged, true]]);
  await notes.batchApi.archive({ inputs: [{ id: kept.note }] });
  const left = await notes.basicApi.getPage(10);
  assert.equal(left.results.length, 2);
  await crm.contacts.basicApi.archive(kept.contact);
  assert.equal((await crm.contacts.basicApi.getPage(10)).results.length, 0);
});
