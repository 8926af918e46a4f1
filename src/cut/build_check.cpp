// The checks as a stage of the build: what they find on the program's own drawings goes into the verdicts.
#include "cut/build_check.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cut/check_cel.h"

namespace nakawari {
namespace {

using nlohmann::ordered_json;

StepSpec check_spec(const LoadedCel& cel, std::vector<StepInput> inputs = {}) {
  return {"check " + cel.file.name, std::move(inputs), {fmt::format("out/.cache/{}.checks", cel.file.name)}};
}

/// What a person said that findings depend on.
std::string said(const LoadedCel& cel) {
  std::string text;
  for (const Fix& fix : cel.fixes.fixes)
    if (fix.kind == FixKind::intended || fix.kind == FixKind::approve) text += fix_text(fix);
  return text;
}

Result<Produced> check_drawings_of(BuildState& state, const LoadedCel& cel) {
  CheckSource source{state.cut, state.log};
  CheckCutOptions options;
  options.threads = state.options.threads;
  options.program_key = state.options.program_key.empty() ? state.options.program : state.options.program_key;
  options.frame = CheckCutOptions::Frame::unknown;
  CutCheck check;
  check.width = state.width;
  check.height = state.height;
  if (auto done = check_cel(state.disk, source, options, cel, check); !done)
    return Failure(std::move(done.error()));
  ordered_json list = ordered_json::array();
  for (const CutFinding& f : check.findings) {
    const bool ours = std::any_of(check.drawings.begin(), check.drawings.end(), [&](const CheckedDrawing& d) {
      return d.name == f.drawing && d.by_program;
    });
    // The painter tells itself what it asks.
    if (!ours || f.finding.level != Level::fail || f.state != FindingState::open ||
        f.finding.part == kAskedPart)
      continue;
    list.push_back({{"drawing", f.drawing},
                    {"check", f.finding.check},
                    {"x", f.finding.at.x},
                    {"y", f.finding.at.y},
                    {"size", f.finding.size},
                    {"confidence", f.finding.confidence},
                    {"text", f.finding.text}});
  }
  return Produced{shared_text(list.dump(-1, ' ', false, ordered_json::error_handler_t::replace))};
}

}  // namespace

Result<void> build_check(BuildState& state) {
  for (const LoadedCel& cel : state.cut.cels) {
    if (cel.still() || !state.wanted(cel)) continue;
    std::vector<StepInput> inputs{program_input(state), value_input("an intention or approval", said(cel))};
    for (const LoadedDrawing& drawing : cel.drawings) {
      if (!has_lines(drawing)) continue;
      const auto lines = line_hash(state, cel, drawing);
      if (!lines) return Failure(lines.error());
      inputs.push_back({"the lines of " + drawing.stem, *lines});
      if (is_painted(cel))
        inputs.push_back(
            {"the paint of " + drawing.stem, state.log.outputs(colour_spec(cel, drawing)).front()});
      inputs.push_back(value_input(
          "the place of " + drawing.stem,
          fmt::format("{} {} {:.17g}", drawing.plan.first_frame, drawing.frames, drawing.plan.t)));
    }
    std::string order;
    for (const int at : cel.at) order += fmt::format("{} ", at);
    inputs.push_back(value_input("the order on the sheet", order));
    for (const std::string& path : {cel.file.model, cel.file.profile}) {
      if (path.empty()) continue;
      const auto hash = state.log.input(path);
      if (!hash) return Failure(hash.error());
      inputs.push_back({path, *hash});
    }
    const Job job{check_spec(cel, std::move(inputs)),
                  [&state, &cel] { return check_drawings_of(state, cel); }};
    if (auto done = state.stages.run("check", {job}, {Threads{1}, {}}); !done) return done;
  }
  return {};
}

Result<std::map<std::string, Judgement>> found_by_checks(BuildState& state, const LoadedCel& cel) {
  std::map<std::string, Judgement> found;
  if (cel.still()) return found;
  const auto bytes = read_output(state, check_spec(cel).outputs.front());
  if (!bytes) return Failure(bytes.error());
  const auto list = nlohmann::json::parse(bytes->begin(), bytes->end(), nullptr, false);
  if (!list.is_array())
    return fail(ErrorCode::bad_input, "a cached result is damaged", "delete out/.cache",
                {.file = state.at(check_spec(cel).outputs.front())});
  for (const auto& f : list) {
    Judgement& judgement =
        found.try_emplace(f.at("drawing").get<std::string>(), Judgement{Verdict::look, 1, {}}).first->second;
    judgement.confidence = std::min(judgement.confidence, 1 - f.at("confidence").get<double>());
    judgement.reasons.push_back({f.at("check").get<std::string>(), f.at("x").get<double>(),
                                 f.at("y").get<double>(), f.at("size").get<double>(),
                                 f.at("text").get<std::string>()});
  }
  return found;
}

}  // namespace nakawari
