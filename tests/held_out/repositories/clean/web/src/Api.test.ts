import { test } from "vitest";

test("gets", () => {});
