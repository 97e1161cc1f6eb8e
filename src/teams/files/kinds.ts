/** What a file is, as far as its first bytes or its name tell. */
export interface Kind {
  /** Kinds of one family stand for each other: a name may say the one and the bytes the other. */
  readonly family: 'image' | 'pdf' | 'zip' | 'ole' | 'archive' | 'media' | 'text' | 'program';
  readonly type: string;
  /** The ending of a name that has none. */
  readonly ending: string;
}

interface Mark {
  readonly at: number;
  readonly bytes: string;
}

const mark = (bytes: string, at = 0): Mark => ({ at, bytes });
const kind = (family: Kind['family'], type: string, ending: string): Kind => ({ family, type, ending });

/** Marks are written as characters of Latin-1; all marks of a line must be there. The first line that fits wins. */
const byContent: readonly (readonly [Kind, ...Mark[]])[] = [
  [kind('image', 'image/png', 'png'), mark('\x89PNG\r\n\x1a\n')],
  [kind('image', 'image/jpeg', 'jpg'), mark('\xff\xd8\xff')],
  [kind('image', 'image/gif', 'gif'), mark('GIF8')],
  [kind('image', 'image/webp', 'webp'), mark('RIFF'), mark('WEBP', 8)],
  [kind('image', 'image/bmp', 'bmp'), mark('BM'), mark('\0\0\0\0', 6)],
  [kind('image', 'image/tiff', 'tif'), mark('II*\0')],
  [kind('image', 'image/tiff', 'tif'), mark('MM\0*')],
  [kind('image', 'image/heic', 'heic'), mark('ftyphei', 4)],
  [kind('image', 'image/heic', 'heic'), mark('ftypmif1', 4)],
  [kind('image', 'image/avif', 'avif'), mark('ftypavif', 4)],
  [kind('image', 'image/x-icon', 'ico'), mark('\0\0\x01\0')],
  [kind('pdf', 'application/pdf', 'pdf'), mark('%PDF-')],
  [kind('zip', 'application/zip', 'zip'), mark('PK\x03\x04')],
  [kind('zip', 'application/zip', 'zip'), mark('PK\x05\x06')],
  [kind('ole', 'application/x-ole-storage', 'doc'), mark('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
  [kind('archive', 'application/gzip', 'gz'), mark('\x1f\x8b')],
  [kind('archive', 'application/x-7z-compressed', '7z'), mark("7z\xbc\xaf'\x1c")],
  [kind('archive', 'application/vnd.rar', 'rar'), mark('Rar!\x1a\x07')],
  [kind('media', 'video/mp4', 'mp4'), mark('ftyp', 4)],
  [kind('media', 'video/webm', 'webm'), mark('\x1aE\xdf\xa3')],
  [kind('media', 'audio/mpeg', 'mp3'), mark('ID3')],
  [kind('media', 'audio/wav', 'wav'), mark('RIFF'), mark('WAVE', 8)],
  [kind('media', 'application/ogg', 'ogg'), mark('OggS')],
  [kind('program', 'application/octet-stream', 'exe'), mark('MZ')],
  [kind('program', 'application/octet-stream', 'elf'), mark('\x7fELF')],
  [kind('program', 'application/octet-stream', 'bin'), mark('\xca\xfe\xba\xbe')],
  [kind('program', 'application/octet-stream', 'bin'), mark('\xcf\xfa\xed\xfe')],
  [kind('program', 'application/octet-stream', 'bin'), mark('\xce\xfa\xed\xfe')],
  [kind('program', 'application/octet-stream', 'dex'), mark('dex\n')],
  [kind('program', 'application/octet-stream', 'lnk'), mark('L\0\0\0\x01\x14\x02\0')],
  [kind('program', 'application/octet-stream', 'wasm'), mark('\0asm')],
  [kind('program', 'application/octet-stream', 'sh'), mark('#!')],
];

/** Families by the endings that people and their programs give; an ending that is not here promises nothing. */
const endings: Readonly<Record<Exclude<Kind['family'], 'program'>, string>> = {
  image: 'png jpg jpeg jpe jfif gif webp bmp tif tiff heic heif avif ico',
  pdf: 'pdf',
  zip: 'zip docx xlsx pptx dotx xltx potx docm xlsm pptm odt ods odp vsdx',
  ole: 'doc xls ppt msg vsd dot xlt pot',
  archive: 'gz tgz 7z rar',
  media: 'mp4 m4v m4a mov webm mkv mp3 wav ogg oga ogv',
  text: 'txt log csv tsv json xml yaml yml md ini conf cfg eml ics vcf rtf html htm svg css sql',
};

const byEnding = new Map(
  Object.entries(endings).flatMap(([family, all]) => all.split(' ').map((ending) => [ending, family] as const)),
);

/** Endings that make a computer run something when the file is opened. */
const programs: ReadonlySet<string> = new Set(
  (
    'exe dll com scr pif cpl sys drv ocx msi msp mst msix appx bat cmd ps1 psm1 psd1 vb vbs vbe js jse mjs wsf wsh wsc hta jar ' +
    'class apk ipa app dmg pkg deb rpm run bin sh bash zsh ksh csh command lnk url scf inf reg gadget application appref-ms ' +
    'chm hlp iso img vhd vhdx xll xlam ppam ade adp mde mdb diagcab settingcontent-ms library-ms search-ms msc'
  ).split(' '),
);

export function isProgramName(ending: string): boolean {
  return programs.has(ending);
}

export function familyOfEnding(ending: string): string | undefined {
  return byEnding.get(ending);
}

/** What the first bytes say; `undefined` where they say nothing, as text does. */
export function kindOfContent(bytes: Uint8Array): Kind | undefined {
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  return byContent.find(([, ...marks]) => marks.every(({ at, bytes: text }) => head.startsWith(text, at)))?.[0];
}

/** Text has no zero bytes, except where each character has two. */
export function isText(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return isWide || !bytes.subarray(0, 8_192).includes(0);
}
