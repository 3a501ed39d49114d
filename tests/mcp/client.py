"""Calls `sinew mcp` by the official Python SDK, which holds every answer against the schema of its tool."""

import sys

import anyio
import mcp
from mcp.client.client import Client

program, stack, medium, large = sys.argv[1:]


def server(*files):
    return mcp.StdioServerParameters(command=program, args=["mcp", *files])


CALLS = [
    ("list_stacks", {}),
    ("check", {"severity": "medium"}),
    ("handoffs", {}),
    ("outage", {"names": ["HubSpot"]}),
    ("outage", {}),
    ("stage", {}),
    ("plan", {"reach": "next"}),
    ("what_if", {"edits": {"change": {"draft-to-site": {"minutes": 5}}}}),
    ("compare", {"scenarios": [{"name": "Faster", "edits": {"change": {"draft-to-site": {"minutes": 5}}}}]}),
    ("questions", {"top": 2}),
    ("find", {"from": "chatgpt", "to": "hubspot"}),
    ("route", {"from": "hubspot", "to": "wordpress"}),
    ("explain", {"rule": "manual-handoff"}),
    ("diagram", {"view": "landscape", "format": "svg"}),
    ("draft_edit", {"edits": {"retire": ["draft-to-site"]}}),
    ("validate", {"text": "sinew: 1\nsystems: { a: { kind: crm } }\n"}),
]


async def every_tool():
    async with Client(server(stack)) as client:
        assert client.server_info.name == "sinew", client.server_info
        assert "list_stacks" in client.instructions
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {name for name, _ in CALLS}, tools.keys()
        for tool in tools.values():
            assert tool.annotations.read_only_hint and tool.output_schema and tool.description, tool.name
        for name, arguments in CALLS:
            result = await client.call_tool(name, arguments)
            assert not result.is_error, (name, result.content)
            assert result.structured_content["sinew"] == 1 and result.content[0].text.strip(), name
        picture = await client.call_tool("diagram", {"view": "handoffs", "format": "svg"})
        assert picture.content[1].resource.mime_type == "image/svg+xml", picture.content[1]
        assert picture.content[1].resource.text.startswith("<svg"), picture.content[1].resource.text[:80]
        for name, arguments in [("outage", {"names": ["nobody"]}), ("check", {"rule": 7}), ("no_such_tool", {})]:
            result = await client.call_tool(name, arguments)
            assert result.is_error and "Instead:" in result.content[0].text, (name, result.content)
        resources = (await client.list_resources()).resources
        assert len(resources) > 20 and (await client.list_resource_templates()).resource_templates
        for uri in ["sinew://stack/tiny", "sinew://format", "sinew://rule/manual-handoff"]:
            assert (await client.read_resource(uri)).contents[0].text.strip(), uri
        prompts = [prompt.name for prompt in (await client.list_prompts()).prompts]
        assert prompts == ["draw_up_a_stack", "outage_page", "what_first"], prompts
        prompt = await client.get_prompt("draw_up_a_stack", {"notes": "We use HubSpot."})
        assert "> We use HubSpot." in prompt.messages[0].content.text
        try:
            await client.read_resource("file:///etc/passwd")
            raise AssertionError("another file was read")
        except mcp.MCPError as error:
            assert "there is nothing at" in str(error), error


async def pages_of(client, name, most):
    """The ids on each page of all systems of a stack, and the bytes of all entries, those that come after the last page among them."""
    seen, size, more = [], 0, None
    while len(seen) < most:
        arguments = {"stack": name, "kind": "system"} | ({"more": more} if more else {})
        result = await client.call_tool("find", arguments)
        assert not result.is_error, result.content
        page = result.structured_content
        assert len(result.content[0].text.splitlines()) <= 200 and len(result.content[0].text) < 20_000
        seen.append([entry["id"] for entry in page["answer"]["entries"]])
        each = len(str(page["answer"])) / max(1, len(seen[-1]))
        size = max(size, each * (sum(map(len, seen)) + page["left_out"]))
        more = page["more"]
        if more is None:
            break
    ids = [one for page in seen for one in page]
    assert len(ids) == len(set(ids)), "an entry comes twice"
    return seen, size, more


async def large_answers_in_pages():
    async with Client(server(stack, medium, large)) as client:
        seen, _, more = await pages_of(client, "medium", 100)
        assert sum(map(len, seen)) == 40 and len(seen) > 5 and more is None, seen
        seen, size, more = await pages_of(client, "large", 2)
        assert size > 2_000_000 and more, (size, more)
        both = await client.call_tool("list_stacks", {})
        assert [one["id"] for one in both.structured_content["answer"]["stacks"]] == ["tiny", "medium", "large"]
        assert (await client.call_tool("stage", {})).is_error, "three stacks, none named"


async def cancelled_and_many():
    async with Client(server(stack, large)) as client:
        with anyio.move_on_after(0.05) as scope:
            await client.call_tool("outage", {"stack": "large"})
        assert scope.cancelled_caught
        answers = []

        async def ask():
            answers.append((await client.call_tool("stage", {"stack": "tiny"})).structured_content)

        for _ in range(5):
            async with anyio.create_task_group() as group:
                for _ in range(20):
                    group.start_soon(ask)
        assert len(answers) == 100 and all(answer == answers[0] for answer in answers)


async def the_older_handshake():
    async with Client(server(stack), mode="legacy") as client:
        assert client.server_info.name == "sinew" and client.protocol_version < "2026", client.protocol_version
        result = await client.call_tool("stage", {})
        assert result.structured_content["answer"]["stage"]["stage"] == 1, result


async def main():
    await every_tool()
    await the_older_handshake()
    await large_answers_in_pages()
    await cancelled_and_many()
    print("all is well")


anyio.run(main)
