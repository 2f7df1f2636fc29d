<?xml version="1.0" encoding="utf-8"?>
<!-- Makes one file of several: the views, or the types, of all in the order given. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" encoding="utf-8" indent="yes" />

  <xsl:template match="/files">
    <xsl:variable name="roots" select="document(file)" />
    <xsl:choose>
      <xsl:when test="$roots/Types">
        <Types>
          <xsl:copy-of select="$roots/Types/Type" />
        </Types>
      </xsl:when>
      <xsl:otherwise>
        <Configuration>
          <ViewDefinitions>
            <xsl:copy-of select="$roots/Configuration/ViewDefinitions/View" />
          </ViewDefinitions>
        </Configuration>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
