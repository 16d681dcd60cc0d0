// Starts `arco-parity lsp` and leaves all else to it.
"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

/** Documents that declare, and the files that they may cite. */
const LANGUAGES = [
  "markdown", "restructuredtext", "python", "rust", "go", "java", "javascript", "typescript",
  "yaml", "github-actions-workflow", "toml",
];

/** @type {LanguageClient | undefined} */
let client;

function makeClient() {
  const [command, ...args] = vscode.workspace
    .getConfiguration("arco-parity")
    .get("command", ["arco-parity", "lsp"]);
  const documentSelector = LANGUAGES.map((language) => ({ scheme: "file", language }));
  return new LanguageClient(
    "arco-parity",
    "arco-parity",
    { command, args },
    { documentSelector, outputChannelName: "arco-parity" },
  );
}

async function start() {
  client = makeClient();
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    vscode.window.showErrorMessage(
      `arco-parity does not start: ${error.message}. ` +
        'Install it with `pip install "sphinx-arco-parity[editor]"`, ' +
        "or name the program in the setting arco-parity.command.",
    );
  }
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

exports.activate = async (context) => {
  const restart = async () => {
    await stop();
    await start();
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("arco-parity.restart", restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("arco-parity.command")) {
        return restart();
      }
    }),
  );
  await start();
};

exports.deactivate = stop;
