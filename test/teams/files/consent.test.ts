import { readActivity } from '../../../src/teams/activity';
import { consentOf } from '../../../src/teams/files/consent';

const uploadInfo = {
  contentUrl: 'https://contoso-my.sharepoint.com/personal/ana/guide.pdf',
  name: 'guide.pdf',
  uploadUrl: 'https://contoso-my.sharepoint.com/upload/1',
  uniqueId: 'u1',
  fileType: 'pdf',
};

function invoke(value: unknown, more: object = {}) {
  const activity = { type: 'invoke', id: '9', name: 'fileConsent/invoke', value, ...more };
  const read = readActivity({ conversation: { id: 'a:1' }, from: { id: '29:ana' }, ...activity });
  if (!read) throw new Error('no activity');
  return consentOf(read);
}

const accepted = { type: 'fileUpload', action: 'accept', context: { file: 'f1' }, uploadInfo };
const declined = { type: 'fileUpload', action: 'decline', context: { file: 'f1' } };

test('a file that is accepted comes with the place for it', () => {
  expect(invoke(accepted)).toMatchObject({ file: 'f1', target: uploadInfo });
});

test('a file that is declined comes without', () => {
  expect(invoke(declined)).toMatchObject({ file: 'f1' });
  expect(invoke({ ...declined, uploadInfo })).not.toHaveProperty('target');
});

test('two deliveries of one answer have the same name, another answer has another', () => {
  const name = invoke(accepted)?.name;
  expect(invoke(accepted, { id: '10' })?.name).toBe(name);
  expect(invoke(declined)?.name).not.toBe(name);
  expect(invoke({ ...accepted, context: { file: 'f2' } })?.name).not.toBe(name);
});

test.each([
  ['another invoke', accepted, { name: 'adaptiveCard/action' }],
  ['an acceptance without a place', { ...accepted, uploadInfo: undefined }, {}],
  ['an offer of somebody else', { ...accepted, context: {} }, {}],
  ['something else', 'words', {}],
])('%s is no answer to an offer', (_, value, more) => {
  expect(invoke(value, more)).toBeUndefined();
});
