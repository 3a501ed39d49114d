// Starts `sinew lsp` for the files of these languages; the program itself leaves files alone that are no stack files.
'use strict';

const { workspace } = require('vscode');
const { LanguageClient, TransportKind } = require('vscode-languageclient/node');

let client;

exports.activate = function activate() {
  const settings = workspace.getConfiguration('sinew');
  const server = {
    command: settings.get('command', 'sinew'),
    args: settings.get('arguments', ['lsp']),
    transport: TransportKind.stdio,
  };
  const languages = ['yaml', 'json', 'jsonc'];
  const documentSelector = languages.flatMap((language) => [
    { scheme: 'file', language },
    { scheme: 'untitled', language },
  ]);
  client = new LanguageClient('sinew', 'sinew', server, { documentSelector });
  return client.start();
};

exports.deactivate = function deactivate() {
  return client ? client.stop() : undefined;
};
