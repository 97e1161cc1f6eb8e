import type { Content } from '../../../src/conversation/content';
import type { RowId } from '../../../src/conversation/types';
import { renderContent } from '../../../src/teams/render/render';
import { makeTexts } from '../../../src/texts/texts';

const texts = makeTexts();
const render = (content: Content, locale = 'en', repeat = false) => renderContent(content, { locale, texts, repeat });
const row = 'r1' as RowId;
const file = { id: 'f1', name: 'guide.pdf', type: 'application/pdf', size: 1_234 };

test('a file is offered by the name of the agent, with what Teams needs to ask for it', () => {
  expect(render({ kind: 'file', name: 'Beth', row, file })).toMatchObject({
    type: 'message',
    summary: 'Beth: File: guide.pdf',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.teams.card.file.consent',
        name: 'guide.pdf',
        content: {
          description: 'Beth sends you this file. Accept it to save it among your files.',
          sizeInBytes: 1_234,
          acceptContext: { file: 'f1' },
          declineContext: { file: 'f1' },
        },
      },
    ],
  });
});

test('an agent without a name is one all the same, also in German', () => {
  const body = JSON.stringify(render({ kind: 'file', row, file }, 'de'));
  expect(body).toContain('Datei: guide.pdf');
  expect(body).not.toContain('undefined');
});

test('a picture of a megabyte is shown whole, inside its message', () => {
  const picture = `data:image/png;base64,${Buffer.alloc(1_000_000, 'x').toString('base64')}`;
  const body = render({ kind: 'file', name: 'B*e*th', row, file: { ...file, name: 'menu.png' }, picture });
  expect(body).toMatchObject({
    text: '**B\\*e\\*th**',
    attachments: [{ contentType: 'image/png', contentUrl: picture, name: 'menu.png' }],
  });
});

test('a name cannot turn the direction of writing', () => {
  const [attachment] = render({ kind: 'file', row, file: { ...file, name: 'a\u202egnp.exe' } }).attachments ?? [];
  expect(attachment?.name).toBe('agnp.exe');
});

test('a possible repeat says so', () => {
  expect(render({ kind: 'file', name: 'Beth', row, file }, 'en', true).text).toContain('may be a repeat');
});

test('a file among the own ones is shown as one', () => {
  const handed = {
    name: 'guide.pdf',
    contentUrl: 'https://contoso-my.sharepoint.com/guide.pdf',
    uniqueId: 'u1',
    fileType: 'pdf',
  };
  expect(render({ kind: 'handed_file', file: handed })).toEqual({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.teams.card.file.info',
        contentUrl: handed.contentUrl,
        name: 'guide.pdf',
        content: { uniqueId: 'u1', fileType: 'pdf' },
      },
    ],
  });
});
