/** Who was mentioned. Teams mentions one person by several of these where it took the name apart. */
export interface Mention {
  readonly id: string;
  readonly names: readonly string[];
  readonly isOwn: boolean;
}
