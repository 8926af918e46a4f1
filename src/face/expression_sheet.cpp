#include "face/expression_sheet.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace nakawari {
namespace {

constexpr std::array<std::pair<const char*, PartKind>, 11> kPartWords{{{"brow", PartKind::brow},
                                                                       {"upper-lid", PartKind::upper_lid},
                                                                       {"lower-lid", PartKind::lower_lid},
                                                                       {"iris", PartKind::iris},
                                                                       {"highlight", PartKind::highlight},
                                                                       {"mouth", PartKind::mouth},
                                                                       {"teeth", PartKind::teeth},
                                                                       {"cheek", PartKind::cheek},
                                                                       {"mark", PartKind::mark},
                                                                       {"outline", PartKind::outline},
                                                                       {"other", PartKind::other}}};

/// A parameter that a drawing mentions and nobody declared: its name says what it is for.
ParameterKind kind_by_name(const std::string& name) {
  static constexpr std::array kMouths{"a", "i", "u", "e", "o", "n", "mid", "open", "talk"};
  if (name.starts_with("blink") || name.starts_with("wink")) return ParameterKind::blink;
  if (name.starts_with("gaze") || name.starts_with("look")) return ParameterKind::gaze;
  if (std::find(kMouths.begin(), kMouths.end(), name) != kMouths.end()) return ParameterKind::mouth;
  return ParameterKind::emotion;
}

bool names_part_or_group(const ExpressionSheet& sheet, const std::string& name) {
  return std::any_of(sheet.parts.begin(), sheet.parts.end(),
                     [&](const FacePart& part) { return part.name == name || part.group == name; });
}

Result<void> check_pictures(const ExpressionSheet& sheet) {
  int width = 0, height = 0;
  std::string first;
  for (const FaceSample& sample : sheet.samples)
    for (const SamplePicture& picture : sample.pictures) {
      if (width == 0) {
        width = picture.lines.width;
        height = picture.lines.height;
        first = picture.file;
      }
      if (picture.lines.width != width || picture.lines.height != height)
        return fail(ErrorCode::bad_input,
                    fmt::format("is {}x{}, but {} is {}x{}", picture.lines.width, picture.lines.height, first,
                                width, height),
                    "export all drawings of a sheet at one size", {.file = picture.file});
    }
  return {};
}

}  // namespace

std::string word_of(PartKind kind) {
  for (const auto& [word, known] : kPartWords)
    if (known == kind) return word;
  return "other";
}

bool part_kind_of(const std::string& word, PartKind& kind) {
  for (const auto& [known, value] : kPartWords)
    if (word == known) {
      kind = value;
      return true;
    }
  return false;
}

int find_sample(const ExpressionSheet& sheet, const std::string& name) {
  const auto it = std::find_if(sheet.samples.begin(), sheet.samples.end(),
                               [&](const FaceSample& sample) { return sample.name == name; });
  return it == sheet.samples.end() ? -1 : static_cast<int>(it - sheet.samples.begin());
}

int find_parameter(const ExpressionSheet& sheet, const std::string& name) {
  const auto it = std::find_if(sheet.parameters.begin(), sheet.parameters.end(),
                               [&](const FaceParameter& parameter) { return parameter.name == name; });
  return it == sheet.parameters.end() ? -1 : static_cast<int>(it - sheet.parameters.begin());
}

FaceGroups face_groups(const ExpressionSheet& sheet) {
  FaceGroups groups;
  for (const FacePart& part : sheet.parts) {
    const auto it = std::find(groups.names.begin(), groups.names.end(), part.group);
    groups.of_part.push_back(static_cast<int>(it - groups.names.begin()));
    if (it == groups.names.end()) groups.names.push_back(part.group);
  }
  return groups;
}

bool touches(const ExpressionSheet& sheet, const FaceSample& sample, const std::string& group) {
  if (sample.touches.empty()) return true;
  return std::any_of(sample.touches.begin(), sample.touches.end(), [&](const std::string& name) {
    return name == group || std::any_of(sheet.parts.begin(), sheet.parts.end(), [&](const FacePart& part) {
             return part.name == name && part.group == group;
           });
  });
}

Result<void> complete(ExpressionSheet& sheet) {
  const auto wrong = [&](std::string message, std::string mend, long line = -1) {
    return fail(ErrorCode::bad_input, std::move(message), std::move(mend),
                {.file = sheet.file, .line = line});
  };
  if (sheet.samples.empty())
    return wrong("the sheet names no drawing", "add [[drawing]] with name and lines");
  for (FacePart& part : sheet.parts)
    if (part.group.empty()) part.group = part.name;

  // The neutral drawing stands at the origin, and first.
  const auto neutral = std::find_if(sheet.samples.begin(), sheet.samples.end(),
                                    [](const FaceSample& sample) { return sample.at.empty(); });
  if (neutral == sheet.samples.end())
    return wrong("no drawing is the neutral one", "add a [[drawing]] with name = \"neutral\"");
  std::rotate(sheet.samples.begin(), neutral, neutral + 1);

  for (std::size_t i = 0; i < sheet.samples.size(); ++i) {
    const FaceSample& sample = sheet.samples[i];
    for (std::size_t k = 0; k < i; ++k) {
      if (sheet.samples[k].name == sample.name)
        return wrong(fmt::format("two drawings are called \"{}\"", sample.name), "give each its own name",
                     sample.line);
      const bool share = std::any_of(sheet.parts.begin(), sheet.parts.end(), [&](const FacePart& part) {
        return touches(sheet, sample, part.group) && touches(sheet, sheet.samples[k], part.group);
      });
      if (sheet.samples[k].at == sample.at && share)
        return wrong(
            fmt::format("\"{}\" and \"{}\" stand at the same mixture", sheet.samples[k].name, sample.name),
            "give each drawing its own place, at = {joy = 0.5}", sample.line);
    }
    for (const auto* list : {&sample.touches, &sample.binary})
      for (const std::string& name : *list)
        if (!names_part_or_group(sheet, name))
          return wrong(fmt::format("\"{}\" names the part \"{}\", which the sheet does not declare",
                                   sample.name, name),
                       "declare it with [[part]]", sample.line);
    for (const auto& [name, value] : sample.at) {
      if (!std::isfinite(value) || std::abs(value) > 2)
        return wrong(fmt::format("\"{}\" stands at {} = {}", sample.name, name, value),
                     "parameters run from -1 to 1", sample.line);
      if (find_parameter(sheet, name) < 0) {
        FaceParameter parameter;
        parameter.name = name;
        parameter.kind = kind_by_name(name);
        sheet.parameters.push_back(std::move(parameter));
      }
    }
  }
  return check_pictures(sheet);
}

Result<void> check_mixture(const ExpressionSheet& sheet, const Mixture& mixture) {
  for (const auto& [name, value] : mixture) {
    std::vector<std::string> known;
    for (const FaceParameter& parameter : sheet.parameters) known.push_back(parameter.name);
    if (find_parameter(sheet, name) < 0)
      return fail(ErrorCode::bad_input, fmt::format("the sheet has no expression \"{}\"", name),
                  fmt::format("it has {}", fmt::join(known, ", ")), {.file = sheet.file});
    if (!std::isfinite(value))
      return fail(ErrorCode::bad_input, fmt::format("the value of \"{}\" is no number", name), {},
                  {.file = sheet.file});
  }
  return {};
}

}  // namespace nakawari
