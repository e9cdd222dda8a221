export interface NoticeLink {
  readonly href: string;
  readonly label: string;
}

/** Something the page tells the person above the connections. */
export interface Notice {
  readonly tone: "good" | "warn" | "bad";
  readonly text: string;
  readonly links?: readonly NoticeLink[];
}
