/** How one relay is set up; checked. */
export interface RelayConfig {
  /** Folder of the data, or `:memory:` for one that is forgotten. */
  readonly data: string;
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
  /** Folder of the built app. */
  readonly app: string;
  /** Fill an empty database with made-up areas, families and people. */
  readonly demo: boolean;
}
