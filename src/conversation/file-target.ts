/** Where Teams wants an accepted file to be put, and what it will be there. */
export interface FileTarget {
  readonly uploadUrl: string;
  readonly contentUrl: string;
  readonly name?: string;
  readonly uniqueId?: string;
  readonly fileType?: string;
}
