export class Api {
  static readonly base = "/v1";
  get(key: string) {
    return key;
  }
}

export const put = async (key: string) => key;
