// Drives the stand-in with the vendor's own client, which knows nothing of it. Each step prints its name when it has
// held; the first that does not hold ends the run. The test reads the names and compares what the stand-in then holds.
import assert from 'node:assert/strict';
import http from 'node:http';
import {
  APIErrorCode, Client, collectPaginatedAPI, isFullPage, isNotionClientError, iterateAllDataSourceRows,
  iteratePaginatedAPI, LogLevel, verifyWebhookSignature,
} from '@notionhq/client';

const baseUrl = process.env.SANDBOX_URL;
const auth = process.env.SANDBOX_TOKEN;
const notion = new Client({ auth, baseUrl, notionVersion: '2026-03-11', retry: false, logLevel: LogLevel.ERROR });
const older = new Client({ auth, baseUrl, retry: false, logLevel: LogLevel.ERROR });
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

async function refused(code, call) {
  await assert.rejects(call, (error) => {
    assert.ok(isNotionClientError(error));
    assert.equal(error.code, code);
    assert.match(error.request_id, /^[0-9a-f-]{36}$/);
    return true;
  });
}

async function admin(method, path, body) {
  const answer = await fetch(`${baseUrl}/_admin${path}`, { method, body: body && JSON.stringify(body) });
  return answer.json();
}

const title = (text) => ({ title: [{ text: { content: text } }] });
const make = async (properties) => notion.pages.create({
  parent: { type: 'data_source_id', data_source_id: kept.source }, properties,
});

await step('who am I', async () => {
  const me = await notion.users.me({});
  assert.equal(me.type, 'bot');
  assert.equal(me.bot.owner.type, 'workspace');
  const users = await collectPaginatedAPI(notion.users.list, { page_size: 2 });
  assert.equal(users.length, 3);
  const person = users.find((one) => one.type === 'person');
  assert.match(person.person.email, /@/);
  assert.equal((await notion.users.retrieve({ user_id: person.id })).name, person.name);
});

await step('data source', async () => {
  const found = await notion.search({ filter: { property: 'object', value: 'data_source' } });
  kept.source = found.results[0].id;
  const source = await notion.dataSources.retrieve({ data_source_id: kept.source });
  kept.ids = Object.fromEntries(Object.values(source.properties).map((one) => [one.name, one.id]));
  assert.equal(kept.ids.Name, 'title');
  const database = await notion.databases.retrieve({ database_id: source.parent.database_id });
  assert.deepEqual(database.data_sources, [{ id: kept.source, name: 'Contacts' }]);
  const updated = await notion.dataSources.update({
    data_source_id: kept.source,
    properties: { [kept.ids.Company]: { name: 'Employer' }, Segment: { select: { options: [{ name: 'A' }] } } },
  });
  assert.equal(updated.properties.Employer.id, kept.ids.Company);
  assert.equal(updated.properties.Segment.select.options[0].name, 'A');
});

await step('rows beyond the cap', async () => {
  const rows = [];
  for await (const row of iterateAllDataSourceRows(notion, { data_source_id: kept.source })) {
    rows.push(row);
  }
  assert.equal(rows.length, 7);
  const query = await collectPaginatedAPI(notion.dataSources.query, { data_source_id: kept.source, page_size: 2 });
  assert.equal(query.length, 4);
});

await step('pages', async () => {
  const made = await make({
    Name: title('Ana Silva'), Email: { email: 'ana@example.com' }, Labels: { multi_select: [{ name: 'VIP' }] },
    [kept.ids['Kirim id']]: { rich_text: [{ text: { content: 'ctc_Abc' } }] }, Score: { number: 4 },
    Birthday: { date: { start: '1990-05-01' } }, VIP: { checkbox: true }, Status: { status: { name: 'Done' } },
  });
  assert.ok(isFullPage(made));
  kept.ana = made.id;
  assert.equal(made.properties.Labels.multi_select[0].name, 'VIP');
  assert.equal(made.properties.Birthday.date.start, '1990-05-01');
  const changed = await notion.pages.update({ page_id: kept.ana, properties: { Email: { email: null } } });
  assert.equal(changed.properties.Email.email, null);
  assert.equal(changed.properties.Score.number, 4);
  const read = await notion.pages.retrieve({ page_id: kept.ana, filter_properties: ['title', kept.ids.Score] });
  assert.deepEqual(Object.keys(read.properties).sort(), ['Name', 'Score']);
  await refused(APIErrorCode.ValidationError, () => notion.pages.update({
    page_id: kept.ana, properties: { Nonsense: { number: 1 } },
  }));
  await refused(APIErrorCode.ValidationError, () => notion.pages.update({
    page_id: kept.ana, properties: { Employer: { rich_text: [{ text: { content: 'x'.repeat(2001) } }] } },
  }));
  await refused(APIErrorCode.ObjectNotFound,
      () => notion.pages.retrieve({ page_id: '00000000-0000-4000-8000-000000000000' }));
});

await step('query', async () => {
  const by = (filter) => notion.dataSources.query({ data_source_id: kept.source, filter });
  const ids = (answer) => answer.results.map((one) => one.id);
  assert.deepEqual(ids(await by({ property: 'Kirim id', rich_text: { equals: 'ctc_Abc' } })), [kept.ana]);
  assert.deepEqual(ids(await by({ property: kept.ids.Labels, multi_select: { contains: 'VIP' } })), [kept.ana]);
  assert.deepEqual(ids(await by({ and: [
    { property: 'Score', number: { greater_than: 3 } }, { property: 'VIP', checkbox: { equals: true } },
  ] })), [kept.ana]);
  const sorted = await notion.dataSources.query({
    data_source_id: kept.source, page_size: 1,
    sorts: [{ timestamp: 'last_edited_time', direction: 'descending' }],
  });
  assert.deepEqual(ids(sorted), [kept.ana]);
  const since = await by({ timestamp: 'last_edited_time', last_edited_time: { on_or_after: sorted.results[0].last_edited_time } });
  assert.ok(ids(since).includes(kept.ana));
});

await step('property items', async () => {
  const friends = [];
  for (let i = 0; i < 30; i++) {
    friends.push((await make({ Name: title(`Friend ${i}`) })).id);
  }
  const page = await notion.pages.update({
    page_id: kept.ana, properties: { Related: { relation: friends.map((id) => ({ id })) } },
  });
  assert.equal(page.properties.Related.relation.length, 25);
  assert.equal(page.properties.Related.has_more, true);
  const items = [];
  const call = (args) => notion.pages.properties.retrieve(args);
  for await (const item of iteratePaginatedAPI(call, {
    page_id: kept.ana, property_id: page.properties.Related.id, page_size: 20,
  })) {
    items.push(item.relation.id);
  }
  assert.deepEqual(items, friends);
  const number = await call({ page_id: kept.ana, property_id: page.properties.Score.id });
  assert.deepEqual([number.object, number.number], ['property_item', 4]);
});

await step('blocks and comments', async () => {
  const paragraph = (text) => ({ paragraph: { rich_text: [{ text: { content: text } }] } });
  const added = await notion.blocks.children.append({ block_id: kept.ana, children: [paragraph('one'), paragraph('two')] });
  await notion.blocks.children.append({
    block_id: kept.ana, children: [paragraph('between')],
    position: { type: 'after_block', after_block: { id: added.results[0].id } },
  });
  const blocks = await collectPaginatedAPI(notion.blocks.children.list, { block_id: kept.ana, page_size: 2 });
  assert.deepEqual(blocks.map((one) => one.paragraph.rich_text[0].plain_text), ['one', 'between', 'two']);
  await notion.blocks.delete({ block_id: added.results[1].id });
  const said = await notion.comments.create({ parent: { page_id: kept.ana }, rich_text: [{ text: { content: 'Hi' } }] });
  await notion.comments.create({ discussion_id: said.discussion_id, rich_text: [{ text: { content: 'again' } }] });
  const comments = await notion.comments.list({ block_id: kept.ana });
  assert.deepEqual(comments.results.map((one) => one.rich_text[0].plain_text), ['Hi', 'again']);
});

await step('trash', async () => {
  assert.equal((await notion.pages.update({ page_id: kept.ana, in_trash: true })).in_trash, true);
  assert.equal((await older.pages.retrieve({ page_id: kept.ana })).archived, true);
  const trashed = await notion.dataSources.query({ data_source_id: kept.source, in_trash: true });
  assert.deepEqual(trashed.results.map((one) => one.id), [kept.ana]);
  assert.equal((await older.pages.update({ page_id: kept.ana, archived: false })).archived, false);
});

await step('webhooks', async () => {
  const heard = [];
  let more;
  const server = http.createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
      heard.push({ body: Buffer.concat(chunks), signature: request.headers['x-notion-signature'] });
      response.end();
      more();
    });
  });
  const next = () => new Promise((resolve) => { more = resolve; });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const handshake = next();
  const url = `http://127.0.0.1:${server.address().port}/hook`;
  const { id } = await admin('POST', '/webhooks', { url, events: ['page.properties_updated'] });
  await handshake;
  const verificationToken = JSON.parse(heard[0].body).verification_token;
  await admin('POST', `/webhooks/${id}/verify`, { token: verificationToken });
  const delivery = next();
  await notion.pages.update({ page_id: kept.ana, properties: { Score: { number: 5 } } });
  await delivery;
  const { body, signature } = heard[1];
  assert.ok(await verifyWebhookSignature({ body, signature, verificationToken }));
  assert.ok(!(await verifyWebhookSignature({ body: `${body} `, signature, verificationToken })));
  const event = JSON.parse(body);
  assert.equal(event.entity.id, kept.ana);
  assert.deepEqual(event.data.updated_properties, [kept.ids.Score]);
  server.closeAllConnections();
  server.close();
});

await step('limits', async () => {
  await admin('POST', '/faults', { kind: 'rate_limited', count: 1, retryAfter: 1 });
  await refused(APIErrorCode.RateLimited, () => notion.users.me({}));
  await admin('POST', '/faults', { kind: 'rate_limited', count: 1, retryAfter: 0 });
  const patient = new Client({ auth, baseUrl, notionVersion: '2026-03-11', logLevel: LogLevel.ERROR });
  assert.equal((await patient.users.me({})).object, 'user');
  await admin('POST', '/faults', { kind: 'overloaded', count: 1 });
  await refused(APIErrorCode.ServiceOverload, () => notion.users.me({}));
  await admin('POST', '/faults', { kind: 'conflict', count: 1 });
  await refused(APIErrorCode.ConflictError, () => notion.pages.update({ page_id: kept.ana, properties: {} }));
});
