import { defineConfig, type OxlintOverride } from "oxlint";

// The layers, top to bottom. A folder imports from those named beside it, from itself, and from
// shared/; nothing else. Arrows point down only.
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  http: ["tokens", "proxy", "flow", "session", "ui", "vault", "providers", "config"],
  tokens: ["flow", "session", "oauth", "vault", "providers"],
  proxy: ["oauth", "providers"],
  flow: ["session", "vault", "providers"],
  session: ["vault", "providers"],
  oauth: ["providers"],
  vault: [],
  providers: [],
  ui: ["client"],
  client: [],
  shared: [],
};

const ROOT_FILES = ["config", "index"];

/** `Env` is named only at the rim; the object's class stands there too. */
const RIM = [
  "src/index.ts",
  "src/config.ts",
  "src/http/app-types.ts",
  "src/tokens/token-keeper.ts",
];

/** Packages with one home: nobody else imports them. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  hono: ["http"],
  oauth4webapi: ["oauth", "flow"],
};

function forbiddenIn(layer: string, also: readonly string[] = []) {
  const allowed = new Set([layer, "shared", ...(LAYERS[layer] ?? []), ...also]);
  const folders = Object.keys(LAYERS).filter((other) => !allowed.has(other));
  const files = ROOT_FILES.filter((file) => !allowed.has(file));
  const packages = Object.keys(HOMES).filter((name) => !HOMES[name]?.includes(layer));
  return [
    ...folders.map((folder) => ({ group: [`**/${folder}/**`], message: `${layer} is not above` })),
    ...files.map((file) => ({ group: [`**/${file}.ts`], message: `${layer} is below the rim` })),
    ...packages.flatMap((name) => ({ group: [name, `${name}/*`], message: "has another home" })),
  ];
}

const layerRules: OxlintOverride[] = Object.keys(LAYERS).map((layer) => ({
  files: [`src/${layer}/**/*.ts`],
  rules: { "no-restricted-imports": ["error", { patterns: forbiddenIn(layer) }] },
}));

export default defineConfig({
  plugins: ["eslint", "typescript", "unicorn", "oxc", "import", "promise", "vitest"],
  options: { typeAware: true, reportUnusedDisableDirectives: "error" },
  categories: { correctness: "error", suspicious: "error" },
  ignorePatterns: ["worker-configuration.d.ts", "dist"],
  rules: {
    "import/no-cycle": "error",
    "import/no-duplicates": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/switch-exhaustiveness-check": [
      "error",
      { considerDefaultExhaustiveForUnions: true },
    ],
    // The compiler's noImplicitReturns knows exhaustive switches; this rule does not.
    "typescript/consistent-return": "off",
    "unicorn/consistent-function-scoping": "off",
    // Takes Hono for Express; Hono awaits its handlers.
    "oxc/no-async-endpoint-handlers": "off",
    // Takes a BroadcastChannel for a window.
    "unicorn/require-post-message-target-origin": "off",
    "vitest/require-to-throw-message": "off",
    // Sealed content is ours once it opened: the seal is the guard.
    "typescript/no-unsafe-type-assertion": "off",
    "no-console": "error",
    "no-restricted-globals": ["error", "fetch"],
    "typescript/no-restricted-types": [
      "error",
      { types: { Env: "Env is named only at the rim." } },
    ],
    eqeqeq: "error",
  },
  overrides: [
    ...layerRules,
    // The object's class reads its own configuration.
    {
      files: ["src/tokens/token-keeper.ts"],
      rules: {
        "no-restricted-imports": ["error", { patterns: forbiddenIn("tokens", ["config"]) }],
      },
    },
    { files: RIM, rules: { "typescript/no-restricted-types": "off" } },
    {
      files: ["src/oauth/provider-fetch.ts", "src/client/call-latchkey.ts"],
      rules: { "no-restricted-globals": "off" },
    },
    { files: ["src/shared/log-event.ts"], rules: { "no-console": "off" } },
    // They call the `test` that brings the browser.
    {
      files: ["test/built/**"],
      rules: {
        "vitest/no-standalone-expect": [
          "error",
          { additionalTestBlockFunctions: ["test", "test.for"] },
        ],
      },
    },
    {
      files: ["test/reliability/races/*.test.ts"],
      rules: {
        "vitest/expect-expect": ["error", { assertFunctionNames: ["expect", "judgeRace"] }],
      },
    },
    {
      files: ["test/**", "bench/**", "scripts/**", "*.config.ts"],
      rules: {
        "no-restricted-globals": "off",
        "no-console": "off",
        "typescript/no-restricted-types": "off",
      },
    },

    // What was measured is told by whoever knows nothing of how.
    {
      files: ["bench/report/**"],
      rules: {
        "no-restricted-imports": [
          "error",
          {
            patterns: [
              { group: ["**/measures/**", "**/runtime/**", "**/load/**", "**/contenders/**"] },
            ],
          },
        ],
      },
    },
    // Written from what is known of the providers, not from what the Worker expects of them.
    {
      files: ["test/emulator/**"],
      rules: {
        "no-restricted-imports": ["error", { patterns: [{ group: ["**/src/**"] }] }],
      },
    },
  ],
});
